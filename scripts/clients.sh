#!/usr/bin/env bash
# Runs the clients and the tools that programs use, Relay, Apollo, urql, gql.tada and others, against the program.
#
#   scripts/clients.sh [BINARY [SUITE…]]
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${1:-$(scripts/binary.sh)}
shift || true

if ! command -v npm >/dev/null && ((EUID == 0)) && command -v apt-get >/dev/null; then
  echo "clients: no npm found, installing Debian's package" >&2
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends nodejs npm >&2 </dev/null
fi
command -v npm >/dev/null || {
  echo "clients: npm is missing; Debian, Ubuntu: sudo apt-get install nodejs npm" >&2
  exit 1
}

# Their own scripts are not run: nothing of them needs any.
(cd tests/clients && npm ci --ignore-scripts --no-audit --no-fund --silent)

node tests/clients/run.mjs --binary "$binary" "$@"
