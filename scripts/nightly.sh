#!/usr/bin/env bash
# One night: asks each target, compares with what is expected of it, writes the report and the tickets, and holds the
# gate. For cron, launchd and CI. The first line that it prints says what kind of night it was.
#
#   scripts/nightly.sh [TARGET]...      default: sandbox production
#
# Set by the environment:
#   CONFORM_OUT        the folder for runs and reports              default: reports
#   CONFORM_SPEC_DIR   what is known of the vendor                  default: spec
#   CONFORM_CONSUMER   whose gate is held; empty for none           default: gigi
#   CONFORM_GATE       “required”: a gate that is shut makes the night red
#   CONFORM_BASE_URL   another address for the target, for a test
#   the credentials that targets.yaml names
#
# Exit codes: 0 as expected; 1 something has changed, or the gate is shut; 2 wrong configuration; 3 no verdict (no
# network, no credentials): then what was known before stays as it was.
set -uo pipefail
cd "$(dirname "$0")/.."

out=${CONFORM_OUT:-reports}
spec=${CONFORM_SPEC_DIR:-spec}
consumer=${CONFORM_CONSUMER-gigi}
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(sandbox production)

log=$(mktemp)
trap 'rm -f "$log"' EXIT

conform() { node dist/bin/conform.js "$@" --out "$out" --spec-dir "$spec" --quiet --no-color; }

# Why a check came to nothing: its error, or the sentence (on several lines) below “nothing could be judged”.
reason() {
  awk '
    /^conform: / { why = substr($0, 10); exit }
    /nothing could be judged/ { found = 1; next }
    found && /^  / { sub(/^ +/, ""); why = why (why == "" ? "" : " ") $0; next }
    found { exit }
    END { print why == "" ? "nothing could be judged" : why }'
}

# What the morning is told, the most urgent first.
changed=()
silent=()
broken=()
calm=()

for target in "${targets[@]}"; do
  asked=$(conform check --target "$target" --deadline 20m ${CONFORM_BASE_URL:+--base-url "$CONFORM_BASE_URL"} 2>&1)
  code=$?
  printf '== check %s\n%s\n' "$target" "$asked" >>"$log"
  case $code in
    2) broken+=("$target: $(reason <<<"$asked")"); continue ;;
    3) silent+=("$target: $(reason <<<"$asked")"); continue ;;
  esac
  drift=$(conform drift --target "$target" 2>&1)
  code=$?
  printf '== drift %s\n%s\n' "$target" "$drift" >>"$log"
  first=$(head -n 1 <<<"$drift")
  case $code in
    0) calm+=("$target: $first") ;;
    1) changed+=("$target: $first") ;;
    *) silent+=("$target: $first") ;;
  esac
done

gate=0
if [ -n "$consumer" ]; then
  verdict=$(conform gate --consumer "$consumer" 2>&1)
  gate=$?
  printf '== gate %s\n%s\n' "$consumer" "$verdict" >>"$log"
fi
{
  echo '== report and tickets'
  conform report --format html --format md --format junit --format step-summary
  conform ticket
} >>"$log" 2>&1 || true

# A gate that is shut is told by its own job; here it turns the night red only where it is required.
if [ "${CONFORM_GATE:-}" = required ] && [ "$gate" -eq 1 ]; then changed+=("$(head -n 1 <<<"$verdict")"); fi

status=0
[ ${#silent[@]} -eq 0 ] || status=3
[ ${#broken[@]} -eq 0 ] || status=2
[ ${#changed[@]} -eq 0 ] || status=1

case $status in
  0) echo "GREEN ${calm[0]:-nothing was asked}" ;;
  1) echo "RED ${changed[0]}" ;;
  2) echo "BROKEN ${broken[0]}" ;;
  3) echo "NO VERDICT ${silent[0]}" ;;
esac
for line in "${changed[@]}" "${broken[@]}" "${silent[@]}" "${calm[@]}"; do echo "  $line"; done
[ -z "$consumer" ] || echo "  $(head -n 1 <<<"$verdict")"
echo
cat "$log"

exit "$status"
