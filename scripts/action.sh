#!/bin/sh
# The one step of action.yml that asks: `conform nightly`, or `conform check` with the gates of the consumers. Inputs come as
# variables, so that none is ever read as code. Lists are separated by blanks.
set -euf
conform() {
  command=$1
  shift
  node "$(dirname "$0")/../dist/bin/conform.js" "$command" --spec-dir "${CONFORM_SPEC_DIR:-spec}" "$@"
}

set --
for name in ${CONFORM_TARGET:-}; do set -- "$@" --target "$name"; done

code=0
case ${CONFORM_COMMAND:-nightly} in
  nightly)
    for name in ${CONFORM_CONSUMER:-}; do set -- "$@" --consumer "$name"; done
    [ -z "${CONFORM_CONSUMER:-}" ] || set -- "$@" --require-gate
    # shellcheck disable=SC2086 # options are words
    conform nightly "$@" ${CONFORM_ARGS:-} || code=$?
    ;;
  check)
    # shellcheck disable=SC2086 # options are words
    conform check "$@" ${CONFORM_ARGS:-} || code=$?
    # A night adds its summary itself. Where nothing was recorded there is none, and the exit code above says why.
    [ ! -d reports/latest ] || conform report --format html --format md --format junit --format step-summary || true
    for name in ${CONFORM_CONSUMER:-}; do
      gate=0
      conform gate --consumer "$name" || gate=$?
      [ "$code" -ne 0 ] || code=$gate
    done
    ;;
  *)
    echo "action.yml: the command is nightly or check, and not $CONFORM_COMMAND" >&2
    exit 2
    ;;
esac
exit "$code"
