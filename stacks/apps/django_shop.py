"""The shop on Django, as its tutorial writes it, in one file."""
import json
import os
import sys
from functools import wraps

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.management import execute_from_command_line
from django.http import Http404, HttpResponse, HttpResponseRedirect, HttpResponsePermanentRedirect, JsonResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

MODE = os.environ["MODE"]
PAGE = '<!doctype html><title>Shop</title><div id="root"></div>'
items = {
    "item-1": {"id": "item-1", "name": "Lamp", "price": 20},
    "item-2": {"id": "item-2", "name": "Chair", "price": 45},
}
last = 2


def refusal(request):
    if request.headers.get("Authorization") == "Bearer good-token-for-tests":
        return None
    return HttpResponse("Unauthorized", status=401)


class AuthenticationMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path != "/api/health":
            refused = refusal(request)
            if refused:
                return refused
        return self.get_response(request)


def login_required(view):
    @wraps(view)
    def wrapped(request, **kwargs):
        refused = None if MODE == "auth-first" else refusal(request)
        return refused or view(request, **kwargs)

    return wrapped


def only(*methods):
    """The method is looked at before the caller."""
    return lambda view: require_http_methods(methods)(login_required(view))


def check(body):
    valid = isinstance(body.get("name"), str) and body["name"] and isinstance(body.get("price"), (int, float))
    if not valid or isinstance(body["price"], bool):
        raise BadRequest("name and price are required")


@require_http_methods(["GET"])
def health(request):
    return JsonResponse({"status": "ok"})


@only("GET", "POST")
def item_list(request):
    global last
    if request.method == "GET":
        return JsonResponse(list(items.values()), safe=False)
    body = json.loads(request.body)
    check(body)
    last += 1
    item = {"id": f"item-{last}", **body}
    items[item["id"]] = item
    return JsonResponse(item, status=201)


@only("GET", "PUT", "PATCH", "DELETE")
def item_detail(request, item_id):
    if item_id not in items:
        raise Http404("No Item matches the given query.")
    if request.method == "GET":
        return JsonResponse(items[item_id])
    if request.method == "DELETE":
        del items[item_id]
        return HttpResponse(status=204)
    changed = {**(items[item_id] if request.method == "PATCH" else {}), **json.loads(request.body), "id": item_id}
    check(changed)
    items[item_id] = changed
    return JsonResponse(changed)


def search(request):
    return JsonResponse({"results": list(items.values())})


search = require_http_methods(["GET"])(search if MODE == "per-route" else login_required(search))


@only("GET")
def nothing(request, **kwargs):
    raise Http404()


@only("POST")
def refund(request):
    return JsonResponse({}, status=201)


@only("GET")
def anything(request):
    return JsonResponse({})


@only("GET", "POST")
def audit(request):
    if MODE == "hides":
        raise Http404()
    raise PermissionDenied()


@only("GET")
def quotes(request):
    raise BadRequest("from is required")


@only("GET")
def statistics(request):
    raise RuntimeError("the database is gone")


@only("POST")
def invoices(request):
    raise RuntimeError("the database is gone")


@only("GET")
def supplier(request, supplier_id):
    return JsonResponse({}[supplier_id])


@only("GET")
def latest(request):
    return HttpResponseRedirect("/api/items")


@only("GET")
def moved(request):
    return HttpResponsePermanentRedirect("/elsewhere")


@only("GET")
def prices(request):
    return HttpResponse("Too Many Requests", status=429, headers={"Retry-After": "1"})


@only("GET")
def shop_settings(request):
    return JsonResponse({"currency": 5})


urlpatterns = [
    path("api/health", health),
    path("api/items", item_list),
    path("api/items/<str:item_id>", item_detail),
    path("api/search", search),
    path("api/members/<str:member_id>", nothing),
    path("api/orders/<str:order_id>/lines", nothing),
    path("api/refunds", refund),
    path("api/customers", anything),
    path("api/brands", anything),
    path("api/categories", anything),
    path("api/v2/stock", anything),
    path("api/audit", audit),
    path("api/payroll", nothing),
    path("api/quotes", quotes),
    path("api/statistics", statistics),
    path("api/suppliers/<str:supplier_id>", supplier),
    path("api/latest", latest),
    path("api/moved", moved),
    path("api/prices", prices),
    path("api/settings", shop_settings),
    path("api/coupons", nothing),
    path("api/invoices", invoices),
]


def forbidden_page(request, exception):
    return HttpResponse("Forbidden", status=403)


def single_page(request, exception):
    return HttpResponse(PAGE) if request.method == "GET" else HttpResponse("Not Found", status=404)


if MODE == "forbids":
    handler404 = handler403 = forbidden_page
if MODE == "page":
    handler404 = single_page

settings.configure(
    DEBUG=False,
    SECRET_KEY="secret-key-for-tests",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        *([f"{__name__}.AuthenticationMiddleware"] if MODE == "auth-first" else []),
    ],
)
execute_from_command_line([sys.argv[0], "runserver", f"127.0.0.1:{os.environ['PORT']}", "--noreload"])
