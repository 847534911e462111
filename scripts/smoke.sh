#!/usr/bin/env bash
# Starts the program as a newcomer does, asks it something and stops it; then once more over the data it left behind.
#
#   scripts/smoke.sh [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${1:-$(scripts/binary.sh)}
patience=60
dir=$(mktemp -d)
server=

fail() {
  echo "smoke: $1" >&2
  if [[ -s $dir/log ]]; then
    sed 's/^/  | /' "$dir/log" >&2
  fi
  exit 1
}

cleanup() {
  if [[ -n $server ]]; then
    kill -KILL "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$dir"
}
trap cleanup EXIT

command -v curl >/dev/null || fail "curl is missing: apt-get install curl"

ask() {
  curl --silent --show-error --fail --noproxy '*' --max-time 10 "$@"
}

# Starts the server on a port of the kernel's choice and leaves its address in `url`.
start() {
  local deadline=$((SECONDS + patience)) line
  : >"$dir/log"
  "$binary" demo --listen 127.0.0.1:0 --data-dir "$dir/data" >"$dir/log" 2>&1 </dev/null &
  server=$!
  url=
  while [[ -z $url ]]; do
    kill -0 "$server" 2>/dev/null || fail "the server ended before it listened"
    ((SECONDS < deadline)) || fail "the server does not listen after $patience s"
    sleep 0.1
    # `read` takes only a finished line: half an address has half a port.
    while IFS= read -r line; do
      if [[ $line =~ listening\ on\ (http://[^[:space:]/]+) ]]; then
        url=${BASH_REMATCH[1]}
      fi
    done <"$dir/log"
  done
}

# Stops the server as a service manager does: it must go by itself, in time, and call that a success.
stop() {
  local deadline=$((SECONDS + 15)) code=0
  kill -TERM "$server"
  while kill -0 "$server" 2>/dev/null; do
    ((SECONDS < deadline)) || fail "the server does not stop on SIGTERM"
    sleep 0.1
  done
  wait "$server" || code=$?
  server=
  ((code == 0)) || fail "the server ended with code $code on SIGTERM"
}

check() {
  local answer
  start
  ask "$url/healthz" >/dev/null || fail "GET /healthz"
  ask "$url/" >/dev/null || fail "GET /"
  answer=$(ask "$url/schema.graphql") || fail "GET /schema.graphql"
  [[ $answer == *"type Query"* ]] || fail "GET /schema.graphql has no type Query"
  answer=$(ask --header 'content-type: application/json' \
    --data '{"query":"{ provinces(first: 1) { nodes { id } } }"}' "$url/graphql") || fail "POST /graphql"
  [[ $answer == *'"id":"'* && $answer != *'"errors"'* ]] || fail "POST /graphql answered $answer"
  stop
  echo "smoke: $1"
}

check "a new database is filled, served and left in order"
check "the same database is served again"
