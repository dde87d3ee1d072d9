#!/usr/bin/env bash
# Regenerates reports/example: report, papers and tickets of two days, as the tool writes them from the replica.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

papers=(blocker-brief compatibility-matrix credentials-status integration-status objective-facts readiness start-here)

conform() { node dist/bin/conform.js "$@" --out "$work" --quiet --no-color >/dev/null; }

# A run that shows what is not as expected ends with 1, and that is what is wanted here.
asked() { conform check --target replica "$@" || [ $? -eq 1 ]; }

example() {
  local day=$1 into=reports/example/$1
  shift
  rm -rf "$work" "$into"
  mkdir -p "$work" "$into"
  asked --world "$day" "$@"
  conform report
  for template in "${papers[@]}"; do conform report --template "$template"; done
  conform ticket
  cp "$work/latest/replica.json" "$into/run.json"
  cp "$work/latest/report.html" "$work/latest/report.md" "$into/"
  mkdir "$into/papers"
  for paper in "${papers[@]}"; do cp "$work/latest/$paper.md" "$into/papers/"; done
  cp -r "$work/tickets" "$into/tickets"
}

example 2026-01-29 --spec examples/first-night.yaml
example 2026-02-26
