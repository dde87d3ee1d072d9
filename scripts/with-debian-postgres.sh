#!/usr/bin/env bash
# Runs a command with CONFORM_TEST_DATABASE_URL set to a Debian PostgreSQL that is started for it in a temporary folder
# and removed after it. Needs the package `postgresql` and root, because that server does not run as root itself.
set -euo pipefail
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)
[ -n "$bin" ] && [ "$(id -u)" = 0 ] || { echo "no Debian PostgreSQL, or not root" >&2; exit 2; }

folder=$(mktemp -d /tmp/conform-debian-pg-XXXXXX)
chown postgres "$folder"
port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
as_postgres() { (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@"); }
stop() {
  as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

as_postgres "$bin/initdb" -D "$folder/data" -U conform --auth=trust >/dev/null
as_postgres "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder" start >/dev/null
export CONFORM_TEST_DATABASE_URL="postgresql://conform@127.0.0.1:$port/postgres"
"$@"
