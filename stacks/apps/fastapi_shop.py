"""The shop on FastAPI, as its tutorial writes it."""
import os
from typing import Optional

import uvicorn
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as StarletteHTTPException

MODE = os.environ["MODE"]
PAGE = '<!doctype html><title>Shop</title><div id="root"></div>'
app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
items = {
    "item-1": {"id": "item-1", "name": "Lamp", "price": 20},
    "item-2": {"id": "item-2", "name": "Chair", "price": 45},
}
last = 2
bearer = HTTPBearer(auto_error=False)


class Draft(BaseModel):
    name: str = Field(min_length=1)
    price: float = Field(ge=0)


class Change(BaseModel):
    name: Optional[str] = Field(None, min_length=1)
    price: Optional[float] = Field(None, ge=0)


def authenticate(credentials: Optional[HTTPAuthorizationCredentials] = Depends(bearer)):
    if credentials is None:
        raise HTTPException(401, "Not authenticated", {"WWW-Authenticate": "Bearer"})
    if credentials.credentials == "expired-token-for-tests":
        raise HTTPException(401, "Token has expired", {"WWW-Authenticate": "Bearer"})
    if credentials.credentials != "good-token-for-tests":
        raise HTTPException(401, "Invalid authentication credentials", {"WWW-Authenticate": "Bearer"})


guard = [] if MODE == "auth-first" else [Depends(authenticate)]
public = APIRouter(prefix="/api")
shop = APIRouter(prefix="/api", dependencies=guard)

if MODE == "auth-first":

    @app.middleware("http")
    async def before(request: Request, call_next):
        if request.url.path != "/api/health":
            if request.headers.get("authorization") != "Bearer good-token-for-tests":
                return JSONResponse({"detail": "Not authenticated"}, 401, {"WWW-Authenticate": "Bearer"})
        return await call_next(request)


def find(item_id: str):
    if item_id not in items:
        raise HTTPException(404, "Item not found")
    return items[item_id]


@public.get("/health")
def health():
    return {"status": "ok"}


@shop.get("/items")
def list_items():
    return list(items.values())


@shop.post("/items", status_code=201)
def create_item(draft: Draft):
    global last
    last += 1
    item = {"id": f"item-{last}", **draft.dict()}
    items[item["id"]] = item
    return item


@shop.get("/items/{item_id}")
def read_item(item_id: str):
    return find(item_id)


@shop.put("/items/{item_id}")
def replace_item(item_id: str, draft: Draft):
    items[find(item_id)["id"]] = {"id": item_id, **draft.dict()}
    return items[item_id]


@shop.patch("/items/{item_id}")
def change_item(item_id: str, change: Change):
    find(item_id).update(change.dict(exclude_unset=True))
    return items[item_id]


@shop.delete("/items/{item_id}", status_code=204)
def remove_item(item_id: str):
    find(item_id)
    del items[item_id]


@(public if MODE == "per-route" else shop).get("/search")
def search(q: str):
    return {"results": list(items.values())}


@shop.get("/members/{member_id}")
@shop.get("/orders/{member_id}/lines")
def nothing_of(member_id: str):
    raise HTTPException(404, "Item not found")


@shop.get("/payroll")
@shop.get("/coupons")
def nothing():
    raise HTTPException(404, "Item not found")


@shop.post("/refunds", status_code=201)
def refund():
    return {}


@shop.get("/customers")
@shop.get("/brands")
@shop.get("/categories")
@shop.get("/v2/stock")
def anything():
    return {}


@shop.get("/audit")
@shop.post("/audit")
def audit():
    raise HTTPException(404, "Item not found") if MODE == "hides" else HTTPException(403, "Forbidden")


@shop.get("/quotes")
def quotes(since: str):
    return {}


@shop.get("/statistics")
@shop.post("/invoices")
def crash():
    raise RuntimeError("the database is gone")


@shop.get("/suppliers/{supplier_id}")
def supplier(supplier_id: str):
    return {}[supplier_id]


@shop.get("/latest")
def latest():
    return RedirectResponse("/api/items", 302)


@shop.get("/moved")
def moved():
    return RedirectResponse("/elsewhere", 301)


@shop.get("/prices")
def prices():
    raise HTTPException(429, "Too Many Requests", {"Retry-After": "1"})


@shop.get("/settings")
def settings():
    return {"currency": 5}


app.include_router(public)
app.include_router(shop)

if MODE in ("forbids", "page"):

    @app.exception_handler(StarletteHTTPException)
    async def unknown(request: Request, error: StarletteHTTPException):
        is_unknown = error.status_code == 404 and error.detail == "Not Found"
        if is_unknown and MODE == "forbids":
            return JSONResponse({"detail": "Forbidden"}, 403)
        if is_unknown and request.method == "GET":
            return HTMLResponse(PAGE)
        return JSONResponse({"detail": error.detail}, error.status_code, error.headers)


uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="error")
