"""
Home Connect service

Reads clients, caregivers and shifts, and writes notes and tasks.

Endpoints (from the vendor's papers):
    GET  /v1/Practitioner
    GET  /v1/clients/{id}/care-plan
    POST /v1/prospects/{id}/notes
"""
from __future__ import annotations

import logging
import os
import re
from datetime import date, timedelta
from typing import Any, Dict, List, Optional, Tuple

import requests

logger = logging.getLogger(__name__)

ENVIRONMENT = os.getenv("CONNECT_ENVIRONMENT", "production")

# Addresses (the documentation is at https://connect.clearcareonline.com/fhir/)
API_URLS = {
    "sandbox": "https://connect-sandbox.clearcareonline.com/v1",  # if available
    "production": "https://connect.clearcareonline.com/v1",
}

# The token comes from the root, not from /v1/oauth/accesstoken
API_HOSTS = {
    "sandbox": "https://connect-sandbox.clearcareonline.com",
    "production": "https://connect.clearcareonline.com",
}
OAUTH_TOKEN_PATH = "/oauth/accesstoken"

LEGACY_BASE = "https://api.clearcareonline.com/api/v1"


class ConnectService:
    """One object for all that the agency does with the API."""

    def __init__(self, api_key: Optional[str] = None):
        self.api_key = api_key
        self.base_url = API_URLS.get(ENVIRONMENT, API_URLS["sandbox"])
        self.host_url = API_HOSTS.get(ENVIRONMENT, API_HOSTS["sandbox"])
        self.agency_id = os.getenv("CONNECT_AGENCY_ID", "")
        self._token: Optional[str] = None
        self._mock_clients: Dict[str, dict] = {}
        self.cache_file = "/var/lib/portal/clients.json"

    @property
    def is_mock_mode(self) -> bool:
        return not self.api_key

    # ------------------------------------------------------------------
    # Transport
    # ------------------------------------------------------------------

    def _get_access_token(self) -> Optional[str]:
        if self._token:
            return self._token
        token_url = f"{self.host_url}{OAUTH_TOKEN_PATH}"
        payload = {
            "grant_type": "client_credentials",
            "client_id": os.getenv("CONNECT_CLIENT_ID"),
            "client_secret": os.getenv("CONNECT_CLIENT_SECRET"),
        }
        response = requests.post(token_url, json=payload, timeout=30)
        if response.status_code == 200:
            self._token = response.json().get("access_token")
        return self._token

    def _refresh_token_old(self) -> Optional[str]:
        """The former way: POST /v1/oauth/accesstoken."""
        url = "%s/v1/oauth/accesstoken" % self.host_url
        response = requests.post(url, data={"grant_type": "client_credentials"}, timeout=30)
        return response.json().get("access_token")

    def _make_request(
        self,
        method: str,
        endpoint: str,
        params: Optional[Dict[str, Any]] = None,
        data: Optional[Dict[str, Any]] = None,
    ) -> Tuple[bool, Any]:
        """Sends one request; 403 is logged with the path."""
        url = f"{self.base_url}/{endpoint.lstrip('/')}"
        headers = {
            "Authorization": f"Bearer {self._get_access_token()}",
            "Content-Type": "application/json",
        }
        try:
            if method.upper() == "GET":
                response = requests.get(url, headers=headers, params=params, timeout=30)
            elif method.upper() == "POST":
                response = requests.post(url, headers=headers, params=params, json=data, timeout=30)
            elif method.upper() == "PUT":
                response = requests.put(url, headers=headers, params=params, json=data, timeout=30)
            elif method.upper() == "DELETE":
                response = requests.delete(url, headers=headers, params=params, timeout=30)
            else:
                return False, {"error": f"Unsupported method {method}"}
            if response.status_code in (200, 201):
                return True, response.json()
            logger.error("403 from /v1/%s, see /v1/status/health", endpoint)
            return False, {"error": response.text, "status": response.status_code}
        except requests.RequestException as error:
            return False, {"error": str(error)}

    def _legacy_request(self, method: str, path: str, **kwargs: Any) -> Any:
        url = LEGACY_BASE + "/agencies/" + self.agency_id + path
        return requests.request(method, url, timeout=30, **kwargs)

    # ------------------------------------------------------------------
    # Clients
    # ------------------------------------------------------------------

    def search_patients(self, last_name: Optional[str] = None, phone: Optional[str] = None, limit: int = 20):
        """
        Searches clients.

        Uses POST /v1/patients/_search/; GET /v1/patients would do as well.
        """
        if self.is_mock_mode:
            return list(self._mock_clients.values())
        search_payload: Dict[str, Any] = {}
        if last_name:
            search_payload["last_name"] = last_name
        if phone:
            search_payload["mobile_phone"] = re.sub(r"[^\d]", "", phone)[-10:]
        params = {"_count": min(limit, 100), "_page": 0}
        if not any([last_name, phone]):
            success, data = self._make_request(
                "GET",
                "patients",
                params=params,
            )
        else:
            success, data = self._make_request(
                "POST",
                "patients/_search/",
                params=params,
                data=search_payload,
            )
        return data.get("entry", []) if success else []

    def get_patient(self, patient_id: str):
        success, data = self._make_request("GET", f"patients/{patient_id}/")
        return data if success else None

    def list_prospects(self, status: Optional[str] = None):
        params = {"limit": 50}
        if status:
            params["status"] = status
        return self._make_request("GET", "/prospects", params=params)

    def get_clients_by_status_change(self, since: date):
        params = {"since": since.isoformat()}
        success, data = self._make_request("GET", "/clients/status-changes", params=params)
        return data if success else []

    def create_client(self, client_data: Dict[str, Any]):
        return self._make_request("POST", "/clients", data=client_data)

    def create_patient(self, first_name: str, last_name: str):
        patient = {
            "resourceType": "Patient",
            "active": True,
            "name": [{"use": "official", "family": last_name, "given": [first_name]}],
            "meta": {"tag": [{"code": "agencyId", "display": self.agency_id}]},
        }
        return self._make_request("POST", "patients/", data=patient)

    def update_patient(self, patient_id: str, changes: Dict[str, Any]):
        return self._make_request("PUT", "patients/{}/".format(patient_id), data=changes)

    def get_care_plan(self, client_id: str):
        endpoint = f"/clients/{client_id}/care-plan"
        success, data = self._make_request("GET", endpoint)
        return data if success else None

    def get_family_activity(self, client_id: str):
        endpoint = "/clients/%s/family-activity" % client_id
        return self._make_request("GET", endpoint)

    def get_plans_due(self, days: int = 30):
        return self._make_request("GET", "/care-plans/due-for-review", params={"days_ahead": days})

    # ------------------------------------------------------------------
    # Caregivers and shifts
    # ------------------------------------------------------------------

    def search_practitioners(self, **filters: str):
        return self._make_request("POST", "practitioners/_search/", params={"_count": 100}, data=filters)

    def first_try(self):
        # What was tried on the first night
        return requests.get(
            f"{self.base_url}/Practitioner?agencyId={self.agency_id}&_count=5",
            headers={"X-Agency-ID": self.agency_id},
        )

    def search_doubled(self):
        return requests.post(self.base_url + "/v1/practitioners/_search/", json={"active": "true"})

    def get_shifts(self, caregiver_id: str, days: int = 7):
        params = {
            "caregiverId": caregiver_id,
            "startDate": date.today().strftime("%Y%m%d"),
            "additionalDays": str(min(days, 6)),
        }
        return self._make_request("GET", "appointment/", params=params)

    def get_open_shifts(self):
        start = date.today()
        end = start + timedelta(days=21)
        query = f"date=ge{start.isoformat()}&date=le{end.isoformat()}"
        return self._make_request("GET", f"appointments/?{query}")

    def assign_shift(self, shift_id: str, caregiver_id: str):
        endpoint = f"shifts/{shift_id}/assign"
        return self._make_request("PUT", endpoint, data={"caregiver_id": caregiver_id})

    def clock_in(self, appointment_id: str, lat: float, lon: float):
        data = {"resourceType": "Encounter", "position": {"latitude": lat, "longitude": lon}}
        return self._make_request("POST", f"encounter/{appointment_id}/clockin/", data=data)

    def clock_in_old(self, visit_id: str):
        return self._make_request("POST", "visits/" + visit_id + "/clockin")

    # ------------------------------------------------------------------
    # Notes, tasks, documents
    # ------------------------------------------------------------------

    def add_note_to_client(self, client_id: str, note: str) -> Tuple[bool, str]:
        """Strategy: find a recent care log, and add a task log to it."""
        for days_back in [7, 30, 90]:
            start_date = (date.today() - timedelta(days=days_back)).strftime("%Y%m%d")
            search = {"clientId": client_id, "startDate": start_date}
            params = {"_count": 5, "_sort": "-date"}
            success, found = self._make_request("POST", "encounter/_search/", params=params, data=search)
            if not success:
                continue
            for entry in found.get("entry", []):
                encounter_id = entry.get("resource", entry).get("id")
                endpoint = f"encounter/{encounter_id}/tasklog/"
                done, _ = self._make_request("POST", endpoint, data={"title": "Note", "comment": note})
                if done:
                    return True, "Note added"
        return False, "No care log"

    def add_note_old(self, kind: str, person_id: str, note: str):
        if kind == "prospect":
            endpoint = f"prospects/{person_id}/notes"
        elif kind == "caregiver":
            return self._legacy_request("POST", f"/employees/{person_id}/notes", json={"note": note})
        else:
            endpoint = f"patients/{person_id}/notes/"
        return self._make_request("POST", endpoint, data={"note": note})

    def create_task(self, title: str, client_id: int):
        body = {"title": title, "clientId": client_id}
        success, data = self._make_request("POST", "adminTasks/", data=body)
        if not success:
            success, data = self._make_request("POST", "admintask/", data=body)
        return success

    def send_message(self, text: str):
        return self._make_request(method="POST", endpoint="communication/", data={"message": text})

    def upload_document(self, patient_id: str, title: str, content: str):
        document = {
            "resourceType": "DocumentReference",
            "content": [{"attachment": {"contentType": "application/pdf", "data": content, "title": title}}],
        }
        path = "documentreference/"
        return self._make_request("POST", path, data=document)

    def get_visits_legacy(self, client_id: str):
        return self._legacy_request("GET", "/visits", params={"clientId": client_id})


connect_service = ConnectService()
