#!/usr/bin/env bash
# Fetches contracts that others have published, for the tests that read them. They are large, and so no
# dependency of the package.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -d .contracts/node_modules/@octokit/openapi ] && exit 0
mkdir -p .contracts
npm install --prefix .contracts --no-save --no-audit --no-fund --silent @octokit/openapi@23.0.2
