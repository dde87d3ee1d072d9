"""The portal of the office: serves pages and a small API of its own."""
import os
import re

import httpx
import requests
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from services.connect_service import connect_service

app = FastAPI()
router = APIRouter(prefix="/v1")

PHONE_SYSTEM = os.getenv("PHONE_SYSTEM_URL", "https://phones.example.net/restapi/v1.0")
UPLOADS = "/v1/uploads/tmp"
API_ROUTE = re.compile(r"^/v1/patient/\d+$")
CONTENT_TYPES = ["application/fhir+json", "text/html"]


@app.get("/health")
def health():
    return {"ok": True}


@app.get("/v1/patient/{patient_id}")
def patient(patient_id: str):
    return connect_service.get_patient(patient_id)


@router.post("/visits/{visit_id}/clockin")
def clock_in(visit_id: str):
    return {"ok": True}


def is_api(path: str) -> bool:
    return path.startswith("/v1/patient/") or path == "/v1/appointments/"


def send_sms(to: str, text: str):
    return requests.post(f"{PHONE_SYSTEM}/account/~/extension/~/sms", json={"to": to, "text": text})


async def summary():
    async with httpx.AsyncClient(base_url="https://connect.clearcareonline.com", timeout=30) as client:
        shifts = await client.get("/v1/appointment/", params={"startDate": "20260226", "weekNo": "202609"})
        plans = await client.get("/v1/care-plans/summary/")
        tags = await client.request("GET", "/v1/profileTags/")
    return shifts, plans, tags


def test_health():
    client = TestClient(app)
    assert client.get("/health").status_code == 200
    assert client.get("/v1/patient/7").status_code == 200


app.include_router(router)
