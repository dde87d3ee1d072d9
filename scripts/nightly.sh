#!/bin/sh
# One night, for cron, launchd, systemd and CI: `conform nightly` with the options that are given. What it does is in
# docs/nightly.md. It works in the folder in which it is started: there are spec/, reports/ and .env, whether conform is a clone
# or an installed package. Plain POSIX, so that the bash 3.2 of a Mac runs it as well.
set -eu
program=$(dirname "$0")/../dist/bin/conform.js

if command -v node >/dev/null 2>&1 && [ -f "$program" ]; then
  exec node "$program" nightly "$@"
fi

# The night cannot begin: cron sends what is printed, systemd and CI see the exit code, a Mac shows it.
why='Node is missing, or conform is not built: npm ci && npm run build'
echo "BROKEN the night cannot begin: $why" >&2
if [ -x /usr/bin/osascript ]; then
  /usr/bin/osascript -e "display notification \"$why\" with title \"conform: the night cannot begin\"" || true
fi
exit 2
