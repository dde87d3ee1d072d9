#!/usr/bin/env python3
"""Copies the clients into the cache, every two hours."""
import os
import string
import sys

import psycopg2
import requests

BASE_URL = "https://connect.clearcareonline.com/v1"
TOKEN_URL = "https://connect.clearcareonline.com/oauth/accesstoken"
DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://portal@localhost:5432/portal")
CHAT_HOOK = "https://chat.example.org/hooks/tech-alerts"


def get_token() -> str:
    form = {
        "grant_type": "client_credentials",
        "client_id": os.environ["CONNECT_CLIENT_ID"],
        "client_secret": os.environ["CONNECT_CLIENT_SECRET"],
    }
    return requests.post(TOKEN_URL, data=form).json()["access_token"]


def api_get(path, token, params=None):
    response = requests.get(f"{BASE_URL}/{path}", headers={"Authorization": f"Bearer {token}"}, params=params)
    response.raise_for_status()
    return response.json()


def sweep(token):
    found = {}
    for first in string.ascii_uppercase:
        for second in string.ascii_lowercase:
            page = api_get("patients/", token, {"last_name:contains": first + second, "_count": 100})
            for entry in page.get("entry", []):
                found[entry["resource"]["id"]] = entry
    return found


def family_of(patient_id, token):
    return api_get("relatedperson/%s/" % patient_id, token)


def staff(token):
    return api_get("staff/", token, params={"active": "true"})


def shifts_of(patient_id, month, token):
    url = "{}/appointment/_search/".format(BASE_URL)
    body = {"clientId": patient_id, "monthNo": month}
    return requests.post(url, json=body, params={"_count": 100}, headers={"Authorization": "Bearer " + token}).json()


def billing(token, patient_id):
    url = BASE_URL + "/chargeitem"
    url += "/_search"
    return requests.post(url, json={"clientId": patient_id}, headers={"Authorization": "Bearer " + token})


def save(rows):
    with psycopg2.connect(DATABASE_URL) as connection:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO cached_patients (id, source) VALUES (%s, '/v1/patient/')
                """
            )
    with open("/tmp/v1/patient/rows.json", "w") as file:
        file.write(str(rows))


def main() -> int:
    token = get_token()
    clients = sweep(token)
    print(f"{len(clients)} clients, from {BASE_URL}/patient/")
    requests.post(CHAT_HOOK, json={"text": f"{len(clients)} clients"})
    save(clients)
    return 0


if __name__ == "__main__":
    sys.exit(main())
