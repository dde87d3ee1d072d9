"""The shop on aiohttp, as its documentation writes it."""
import os

from aiohttp import web

MODE = os.environ["MODE"]
PAGE = '<!doctype html><title>Shop</title><div id="root"></div>'
items = {
    "item-1": {"id": "item-1", "name": "Lamp", "price": 20},
    "item-2": {"id": "item-2", "name": "Chair", "price": 45},
}
last = 2
routes = web.RouteTableDef()


def authenticate(request):
    if request.headers.get("Authorization") != "Bearer good-token-for-tests":
        raise web.HTTPUnauthorized()


@web.middleware
async def authenticated(request, handler):
    is_unknown = isinstance(request.match_info.http_exception, web.HTTPException)
    is_open = request.path == "/api/health" or (MODE == "per-route" and request.path == "/api/search")
    if MODE == "auth-first" or not is_unknown:
        if not is_open:
            authenticate(request)
    return await handler(request)


@web.middleware
async def unknown(request, handler):
    try:
        return await handler(request)
    except web.HTTPNotFound:
        if MODE == "forbids":
            raise web.HTTPForbidden()
        if MODE == "page" and request.method == "GET":
            return web.Response(text=PAGE, content_type="text/html")
        raise


def find(request):
    item_id = request.match_info["id"]
    if item_id not in items:
        raise web.HTTPNotFound()
    return items[item_id]


def check(body):
    valid = isinstance(body.get("name"), str) and body["name"] and isinstance(body.get("price"), (int, float))
    if not valid or isinstance(body["price"], bool):
        raise web.HTTPBadRequest(text="name and price are required")


@routes.get("/api/health")
async def health(request):
    return web.json_response({"status": "ok"})


@routes.get("/api/items")
async def list_items(request):
    return web.json_response(list(items.values()))


@routes.post("/api/items")
async def create_item(request):
    global last
    body = await request.json()
    check(body)
    last += 1
    item = {"id": f"item-{last}", **body}
    items[item["id"]] = item
    return web.json_response(item, status=201)


@routes.get("/api/items/{id}")
async def read_item(request):
    return web.json_response(find(request))


@routes.put("/api/items/{id}")
@routes.patch("/api/items/{id}")
async def change_item(request):
    item = find(request)
    changed = {**(item if request.method == "PATCH" else {}), **(await request.json()), "id": item["id"]}
    check(changed)
    items[item["id"]] = changed
    return web.json_response(changed)


@routes.delete("/api/items/{id}")
async def remove_item(request):
    del items[find(request)["id"]]
    return web.Response(status=204)


@routes.get("/api/search")
async def search(request):
    return web.json_response({"results": list(items.values())})


@routes.get("/api/members/{id}")
@routes.get("/api/orders/{id}/lines")
@routes.get("/api/payroll")
@routes.get("/api/coupons")
async def nothing(request):
    raise web.HTTPNotFound()


@routes.post("/api/refunds")
async def refund(request):
    return web.json_response({}, status=201)


@routes.get("/api/customers")
@routes.get("/api/brands")
@routes.get("/api/categories")
@routes.get("/api/v2/stock")
async def anything(request):
    return web.json_response({})


@routes.get("/api/audit")
@routes.post("/api/audit")
async def audit(request):
    raise web.HTTPNotFound() if MODE == "hides" else web.HTTPForbidden()


@routes.get("/api/quotes")
async def quotes(request):
    raise web.HTTPBadRequest(text="from is required")


@routes.get("/api/statistics")
@routes.get("/api/suppliers/{id}")
@routes.post("/api/invoices")
async def crash(request):
    raise RuntimeError("the database is gone")


@routes.get("/api/latest")
async def latest(request):
    raise web.HTTPFound("/api/items")


@routes.get("/api/moved")
async def moved(request):
    raise web.HTTPMovedPermanently("/elsewhere")


@routes.get("/api/prices")
async def prices(request):
    raise web.HTTPTooManyRequests(headers={"Retry-After": "1"})


@routes.get("/api/settings")
async def settings(request):
    return web.json_response({"currency": 5})


app = web.Application(middlewares=[unknown, authenticated] if MODE in ("forbids", "page") else [authenticated])
app.add_routes(routes)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)
