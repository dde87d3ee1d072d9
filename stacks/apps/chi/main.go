// The shop on chi and net/http, as their documentation writes it.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"github.com/go-chi/chi"
	"github.com/go-chi/chi/middleware"
)

type item struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Price *float64 `json:"price"`
}

const page = `<!doctype html><title>Shop</title><div id="root"></div>`

var mode = os.Getenv("MODE")
var lamp, chair = 20.0, 45.0
var items = []*item{{"item-1", "Lamp", &lamp}, {"item-2", "Chair", &chair}}
var last = 2

func authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		isOpen := mode == "auth-first" && r.URL.Path == "/api/health"
		if !isOpen && r.Header.Get("Authorization") != "Bearer good-token-for-tests" {
			http.Error(w, http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func refuse(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Error(w, http.StatusText(status), status) }
}

func find(w http.ResponseWriter, r *http.Request) (int, *item) {
	for index, one := range items {
		if one.ID == chi.URLParam(r, "id") {
			return index, one
		}
	}
	http.NotFound(w, r)
	return 0, nil
}

func isValid(one item) bool { return one.Name != "" && one.Price != nil && *one.Price >= 0 }

func object(w http.ResponseWriter, r *http.Request) { answer(w, http.StatusOK, map[string]any{}) }

func forbid(w http.ResponseWriter, r *http.Request) {
	if mode == "hides" {
		http.NotFound(w, r)
		return
	}
	refuse(http.StatusForbidden)(w, r)
}

func crash(w http.ResponseWriter, r *http.Request) { panic("the database is gone") }

func search(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusOK, map[string]any{"results": items})
}

func routes(shop chi.Router) {
	shop.Get("/items", func(w http.ResponseWriter, r *http.Request) { answer(w, http.StatusOK, items) })
	shop.Post("/items", func(w http.ResponseWriter, r *http.Request) {
		var given item
		if json.NewDecoder(r.Body).Decode(&given) != nil || !isValid(given) {
			http.Error(w, "name and price are required", http.StatusUnprocessableEntity)
			return
		}
		last++
		given.ID = fmt.Sprintf("item-%d", last)
		items = append(items, &given)
		answer(w, http.StatusCreated, given)
	})
	shop.Get("/items/{id}", func(w http.ResponseWriter, r *http.Request) {
		if _, one := find(w, r); one != nil {
			answer(w, http.StatusOK, one)
		}
	})
	change := func(w http.ResponseWriter, r *http.Request) {
		index, one := find(w, r)
		if one == nil {
			return
		}
		changed := item{}
		if r.Method == http.MethodPatch {
			changed = *one
		}
		if json.NewDecoder(r.Body).Decode(&changed) != nil || !isValid(changed) {
			http.Error(w, "name and price are required", http.StatusUnprocessableEntity)
			return
		}
		changed.ID = one.ID
		items[index] = &changed
		answer(w, http.StatusOK, changed)
	}
	shop.Put("/items/{id}", change)
	shop.Patch("/items/{id}", change)
	shop.Delete("/items/{id}", func(w http.ResponseWriter, r *http.Request) {
		if index, one := find(w, r); one != nil {
			items = append(items[:index], items[index+1:]...)
			w.WriteHeader(http.StatusNoContent)
		}
	})
	if mode != "per-route" {
		shop.Get("/search", search)
	}
	shop.Get("/members/{id}", http.NotFound)
	shop.Get("/orders/{id}/lines", http.NotFound)
	shop.Post("/refunds", object)
	for _, path := range []string{"/customers", "/brands", "/categories", "/v2/stock"} {
		shop.Get(path, object)
	}
	shop.Get("/audit", forbid)
	shop.Post("/audit", forbid)
	shop.Get("/payroll", http.NotFound)
	shop.Get("/quotes", func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "from is required", http.StatusBadRequest)
	})
	shop.Get("/statistics", crash)
	shop.Get("/suppliers/{id}", crash)
	shop.Post("/invoices", crash)
	shop.Get("/latest", http.RedirectHandler("/api/items", http.StatusFound).ServeHTTP)
	shop.Get("/moved", http.RedirectHandler("/elsewhere", http.StatusMovedPermanently).ServeHTTP)
	shop.Get("/prices", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "1")
		refuse(http.StatusTooManyRequests)(w, r)
	})
	shop.Get("/settings", func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusOK, map[string]any{"currency": 5})
	})
	shop.Get("/coupons", http.NotFound)
}

func main() {
	r := chi.NewRouter()
	r.Use(middleware.Recoverer)
	if mode == "auth-first" {
		r.Use(authenticate)
	}
	switch mode {
	case "forbids":
		r.NotFound(refuse(http.StatusForbidden))
	case "page":
		r.NotFound(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(page))
		})
	}
	r.Route("/api", func(api chi.Router) {
		api.Get("/health", func(w http.ResponseWriter, r *http.Request) {
			answer(w, http.StatusOK, map[string]any{"status": "ok"})
		})
		if mode == "per-route" {
			api.Get("/search", search)
		}
		api.Group(func(shop chi.Router) {
			if mode != "auth-first" {
				shop.Use(authenticate)
			}
			routes(shop)
		})
	})
	if err := http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), r); err != nil {
		panic(err)
	}
}
