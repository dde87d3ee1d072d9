#!/usr/bin/env bash
# Asks whether the API is there: curl https://connect.clearcareonline.com/v1/status/
set -euo pipefail
HOST="${CONNECT_HOST:-https://connect.clearcareonline.com}"
TOKEN=$(curl -s -X POST "$HOST/oauth/token" \
  -H 'Content-Type: application/json' \
  -d "{\"grant_type\": \"client_credentials\", \"client_id\": \"$CONNECT_CLIENT_ID\"}" | jq -r .access_token)

curl -sf -H "Authorization: Bearer $TOKEN" "$HOST/v1/subscriptions/" > /dev/null
curl -sf -H "Authorization: Bearer $TOKEN" \
  "$HOST/v1/organization/?_count=1" > /dev/null
curl -sf http://localhost:3000/health
