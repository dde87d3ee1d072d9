#!/bin/sh
# Opens, or closes, the issue that says that a night could not even begin. It is found again by a mark in its text and never
# by its title, so there is one at most. For a workflow, where `gh` and GITHUB_REPOSITORY are there.
#
#   scripts/setup-issue.sh open TEXT
#   scripts/setup-issue.sh close
set -eu
mark='<!-- conform-night setup -->'

number=$(
  gh api --paginate "repos/$GITHUB_REPOSITORY/issues?state=open&per_page=100" \
    --jq ".[] | select(.pull_request == null) | select((.body // \"\") | contains(\"$mark\")) | .number" |
    head -n 1
)

case $1 in
  open)
    [ -n "$number" ] || gh api "repos/$GITHUB_REPOSITORY/issues" \
      -f title='The night could not begin' -f body="$2
$mark" >/dev/null
    ;;
  close)
    [ -z "$number" ] || gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/$number" -f state=closed >/dev/null
    ;;
esac
