#!/usr/bin/env bash
# Breaks the program in the middle of its work, on SQLite and on a PostgreSQL of its own: connections are cut, the service
# and PostgreSQL are killed. Nothing that was acknowledged may be lost, nothing may happen twice.
#
#   scripts/faults.sh [--size small|full] [--engine sqlite|postgres] [--set NAME=NUMBER]… [BINARY [SUITE…]]
#
# The small size, which is the default, takes a few minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

options=()
while [[ ${1:-} == --* ]]; do
  options+=("$1" "${2:?"$1 needs a value"}")
  shift 2
done
binary=${1:-$(scripts/binary.sh)}
shift || true
scripts/need-node.sh
if ! command -v initdb >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null &&
  ((EUID == 0)) && command -v apt-get >/dev/null; then
  echo "faults: no PostgreSQL found, installing Debian's package" >&2
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends postgresql >&2 </dev/null
fi
ulimit -n 8192 2>/dev/null || true
node tests/faults/run.mjs "${options[@]}" "$binary" "$@"
