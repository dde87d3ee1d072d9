"""The shop on Falcon, served by Waitress, as their tutorials write it."""
import os

import falcon
import waitress

MODE = os.environ["MODE"]
PAGE = '<!doctype html><title>Shop</title><div id="root"></div>'
items = {
    "item-1": {"id": "item-1", "name": "Lamp", "price": 20},
    "item-2": {"id": "item-2", "name": "Chair", "price": 45},
}
last = 2


def authenticate(req):
    challenges = ['Bearer realm="shop"']
    token = req.get_header("Authorization")
    if token is None:
        raise falcon.HTTPUnauthorized(
            title="Auth token required", description="Please provide an auth token.", challenges=challenges
        )
    if token != "Bearer good-token-for-tests":
        raise falcon.HTTPUnauthorized(
            title="Authentication required",
            description="The provided auth token is not valid.",
            challenges=challenges,
        )


class AuthMiddleware:
    def process_request(self, req, resp):
        if MODE == "auth-first" and req.path != "/api/health":
            authenticate(req)

    def process_resource(self, req, resp, resource, params):
        is_open = req.path == "/api/health" or (MODE == "per-route" and req.path == "/api/search")
        if MODE != "auth-first" and not is_open:
            authenticate(req)


def find(item_id):
    if item_id not in items:
        raise falcon.HTTPNotFound()
    return items[item_id]


def check(body):
    valid = isinstance(body.get("name"), str) and body["name"] and isinstance(body.get("price"), (int, float))
    if not valid or isinstance(body["price"], bool):
        raise falcon.HTTPBadRequest(title="Invalid item", description="name and price are required")


class Items:
    def on_get(self, req, resp):
        resp.media = list(items.values())

    def on_post(self, req, resp):
        global last
        body = req.get_media()
        check(body)
        last += 1
        item = {"id": f"item-{last}", **body}
        items[item["id"]] = item
        resp.status = falcon.HTTP_201
        resp.media = item


class Item:
    def on_get(self, req, resp, item_id):
        resp.media = find(item_id)

    def on_put(self, req, resp, item_id):
        self.change(req, resp, item_id, {})

    def on_patch(self, req, resp, item_id):
        self.change(req, resp, item_id, find(item_id))

    def change(self, req, resp, item_id, before):
        find(item_id)
        changed = {**before, **req.get_media(), "id": item_id}
        check(changed)
        items[item_id] = resp.media = changed

    def on_delete(self, req, resp, item_id):
        find(item_id)
        del items[item_id]
        resp.status = falcon.HTTP_204


class Answer:
    """A resource that always gives the same answer to a GET."""

    def __init__(self, answer):
        self.answer = answer

    def on_get(self, req, resp, **params):
        resp.media = self.answer


class Nothing:
    def on_get(self, req, resp, **params):
        raise falcon.HTTPNotFound()


class Refunds:
    def on_post(self, req, resp):
        resp.status = falcon.HTTP_201
        resp.media = {}


class Search:
    def on_get(self, req, resp):
        resp.media = {"results": list(items.values())}


class Audit:
    def on_get(self, req, resp):
        raise falcon.HTTPNotFound() if MODE == "hides" else falcon.HTTPForbidden()

    on_post = on_get


class Quotes:
    def on_get(self, req, resp):
        resp.media = {"from": req.get_param("from", required=True)}


class Crash:
    def on_get(self, req, resp, **params):
        raise RuntimeError("the database is gone")


class Invoices:
    def on_post(self, req, resp):
        raise RuntimeError("the database is gone")


class Latest:
    def on_get(self, req, resp):
        raise falcon.HTTPFound("/api/items")


class Moved:
    def on_get(self, req, resp):
        raise falcon.HTTPMovedPermanently("/elsewhere")


class Prices:
    def on_get(self, req, resp):
        raise falcon.HTTPTooManyRequests(headers={"Retry-After": "1"})


app = falcon.App(middleware=[AuthMiddleware()])
for path, resource in {
    "/health": Answer({"status": "ok"}),
    "/items": Items(),
    "/items/{item_id}": Item(),
    "/search": Search(),
    "/members/{member_id}": Nothing(),
    "/orders/{order_id}/lines": Nothing(),
    "/refunds": Refunds(),
    "/customers": Answer({}),
    "/brands": Answer({}),
    "/categories": Answer({}),
    "/v2/stock": Answer({}),
    "/audit": Audit(),
    "/payroll": Nothing(),
    "/quotes": Quotes(),
    "/statistics": Crash(),
    "/suppliers/{supplier_id}": Crash(),
    "/latest": Latest(),
    "/moved": Moved(),
    "/prices": Prices(),
    "/settings": Answer({"currency": 5}),
    "/coupons": Nothing(),
    "/invoices": Invoices(),
}.items():
    app.add_route(f"/api{path}", resource)


def unknown(req, resp):
    if MODE == "forbids":
        raise falcon.HTTPForbidden()
    if req.method != "GET":
        raise falcon.HTTPNotFound()
    resp.content_type = "text/html"
    resp.text = PAGE


if MODE in ("forbids", "page"):
    app.add_sink(unknown, "/")

waitress.serve(app, host="127.0.0.1", port=int(os.environ["PORT"]))
