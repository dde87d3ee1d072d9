"""The shop on Flask, as its tutorial writes it."""
import os
from functools import wraps

from flask import Flask, abort, jsonify, redirect, request

MODE = os.environ["MODE"]
app = Flask(__name__)
items = {
    "item-1": {"id": "item-1", "name": "Lamp", "price": 20},
    "item-2": {"id": "item-2", "name": "Chair", "price": 45},
}
last = 2
PAGE = '<!doctype html><title>Shop</title><div id="root"></div>'


def authenticate():
    if request.headers.get("Authorization") != "Bearer good-token-for-tests":
        abort(401)


def login_required(view):
    @wraps(view)
    def wrapped(**kwargs):
        if MODE != "auth-first":
            authenticate()
        return view(**kwargs)

    return wrapped


forgotten = (lambda view: view) if MODE == "per-route" else login_required

if MODE == "auth-first":

    @app.before_request
    def before():
        if request.path != "/api/health":
            authenticate()


if MODE == "forbids":
    app.register_error_handler(404, lambda error: (jsonify(error="Forbidden"), 403))
    app.register_error_handler(403, lambda error: (jsonify(error="Forbidden"), 403))
if MODE == "page":
    app.register_error_handler(404, lambda error: PAGE if request.method == "GET" else error)


def find(item_id):
    if item_id not in items:
        abort(404)
    return items[item_id]


def check(body):
    valid = isinstance(body.get("name"), str) and body["name"] and isinstance(body.get("price"), (int, float))
    if not valid or isinstance(body["price"], bool):
        abort(400, description="name and price are required")


@app.get("/api/health")
def health():
    return {"status": "ok"}


@app.get("/api/items")
@login_required
def list_items():
    return jsonify(list(items.values()))


@app.post("/api/items")
@login_required
def create_item():
    global last
    body = request.get_json()
    check(body)
    last += 1
    item = {"id": f"item-{last}", **body}
    items[item["id"]] = item
    return item, 201


@app.get("/api/items/<item_id>")
@login_required
def read_item(item_id):
    return find(item_id)


@app.route("/api/items/<item_id>", methods=["PUT", "PATCH"])
@login_required
def change_item(item_id):
    item = find(item_id)
    changed = {**(item if request.method == "PATCH" else {}), **request.get_json(), "id": item_id}
    check(changed)
    items[item_id] = changed
    return changed


@app.delete("/api/items/<item_id>")
@login_required
def remove_item(item_id):
    find(item_id)
    del items[item_id]
    return "", 204


@app.get("/api/search")
@forgotten
def search():
    return {"results": list(items.values())}


@app.get("/api/members/<member_id>")
@login_required
def member(member_id):
    abort(404)


@app.get("/api/orders/<order_id>/lines")
@login_required
def lines(order_id):
    abort(404)


@app.post("/api/refunds")
@login_required
def refund():
    return {}, 201


@app.get("/api/customers")
@app.get("/api/brands")
@app.get("/api/categories")
@app.get("/api/v2/stock")
@login_required
def anything():
    return {}


@app.route("/api/audit", methods=["GET", "POST"])
@login_required
def audit():
    abort(404 if MODE == "hides" else 403)


@app.get("/api/payroll")
@app.get("/api/coupons")
@login_required
def nothing():
    abort(404)


@app.get("/api/quotes")
@login_required
def quotes():
    return {"from": request.args["from"]}


@app.get("/api/statistics")
@app.post("/api/invoices")
@login_required
def crash():
    raise RuntimeError("the database is gone")


@app.get("/api/suppliers/<supplier_id>")
@login_required
def supplier(supplier_id):
    return {}[supplier_id]


@app.get("/api/latest")
@login_required
def latest():
    return redirect("/api/items")


@app.get("/api/moved")
@login_required
def moved():
    return redirect("/elsewhere", 301)


@app.get("/api/prices")
@login_required
def prices():
    return "Too Many Requests", 429, {"Retry-After": "1"}


@app.get("/api/settings")
@login_required
def settings():
    return {"currency": 5}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
