// The shop on Gin, as its README writes it.
package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
)

type item struct {
	ID    string  `json:"id"`
	Name  string  `json:"name" binding:"required"`
	Price float64 `json:"price" binding:"required"`
}

const page = `<!doctype html><title>Shop</title><div id="root"></div>`

var mode = os.Getenv("MODE")
var items = []*item{{"item-1", "Lamp", 20}, {"item-2", "Chair", 45}}
var last = 2

func authenticate(c *gin.Context) {
	switch c.GetHeader("Authorization") {
	case "Bearer good-token-for-tests":
		c.Next()
	case "Bearer expired-token-for-tests":
		c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"code": 401, "message": "Token is expired"})
	case "":
		c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"code": 401, "message": "auth header is empty"})
	default:
		c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"code": 401, "message": "token contains an invalid number of segments"})
	}
}

func missing(c *gin.Context) {
	c.JSON(http.StatusNotFound, gin.H{"message": "item not found"})
}

func find(c *gin.Context) (int, *item) {
	for index, one := range items {
		if one.ID == c.Param("id") {
			return index, one
		}
	}
	missing(c)
	return 0, nil
}

func object(c *gin.Context) { c.JSON(http.StatusOK, gin.H{}) }

func forbid(c *gin.Context) {
	if mode == "hides" {
		missing(c)
		return
	}
	c.JSON(http.StatusForbidden, gin.H{"message": "forbidden"})
}

func crash(c *gin.Context) { panic("the database is gone") }

func main() {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(gin.Recovery())
	if mode == "auth-first" {
		r.Use(func(c *gin.Context) {
			if c.Request.URL.Path != "/api/health" {
				authenticate(c)
			}
		})
	}
	r.GET("/api/health", func(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"status": "ok"}) })
	search := func(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"results": items}) }
	shop := r.Group("/api")
	if mode == "per-route" {
		r.GET("/api/search", search)
	}
	if mode != "auth-first" {
		shop.Use(authenticate)
	}
	if mode != "per-route" {
		shop.GET("/search", search)
	}
	shop.GET("/items", func(c *gin.Context) { c.JSON(http.StatusOK, items) })
	shop.POST("/items", func(c *gin.Context) {
		var given item
		if err := c.ShouldBindJSON(&given); err != nil {
			c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
			return
		}
		last++
		given.ID = fmt.Sprintf("item-%d", last)
		items = append(items, &given)
		c.JSON(http.StatusCreated, given)
	})
	shop.GET("/items/:id", func(c *gin.Context) {
		if _, one := find(c); one != nil {
			c.JSON(http.StatusOK, one)
		}
	})
	change := func(c *gin.Context) {
		index, one := find(c)
		if one == nil {
			return
		}
		changed := item{}
		if c.Request.Method == http.MethodPatch {
			changed = *one
		}
		if err := c.ShouldBindJSON(&changed); err != nil {
			c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
			return
		}
		changed.ID = one.ID
		items[index] = &changed
		c.JSON(http.StatusOK, changed)
	}
	shop.PUT("/items/:id", change)
	shop.PATCH("/items/:id", change)
	shop.DELETE("/items/:id", func(c *gin.Context) {
		if index, one := find(c); one != nil {
			items = append(items[:index], items[index+1:]...)
			c.Status(http.StatusNoContent)
		}
	})
	shop.GET("/members/:id", missing)
	shop.GET("/orders/:id/lines", missing)
	shop.POST("/refunds", object)
	for _, path := range []string{"/customers", "/brands", "/categories", "/v2/stock"} {
		shop.GET(path, object)
	}
	shop.GET("/audit", forbid)
	shop.POST("/audit", forbid)
	shop.GET("/payroll", missing)
	shop.GET("/quotes", func(c *gin.Context) { c.JSON(http.StatusBadRequest, gin.H{"error": "from is required"}) })
	shop.GET("/statistics", crash)
	shop.GET("/suppliers/:id", crash)
	shop.POST("/invoices", crash)
	shop.GET("/latest", func(c *gin.Context) { c.Redirect(http.StatusFound, "/api/items") })
	shop.GET("/moved", func(c *gin.Context) { c.Redirect(http.StatusMovedPermanently, "/elsewhere") })
	shop.GET("/prices", func(c *gin.Context) {
		c.Header("Retry-After", "1")
		c.String(http.StatusTooManyRequests, "Too many requests")
	})
	shop.GET("/settings", func(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"currency": 5}) })
	shop.GET("/coupons", missing)
	switch mode {
	case "forbids":
		r.NoRoute(func(c *gin.Context) { c.JSON(http.StatusForbidden, gin.H{"message": "forbidden"}) })
	case "page":
		r.NoRoute(func(c *gin.Context) {
			if c.Request.Method == http.MethodGet {
				c.Data(http.StatusOK, "text/html; charset=utf-8", []byte(page))
			}
		})
	}
	if err := r.Run("127.0.0.1:" + os.Getenv("PORT")); err != nil {
		panic(err)
	}
}
