#!/usr/bin/env bash
# Lets clients of others talk to the program: gql, sgqlc, ariadne-codegen and schemathesis, as their manuals say, and pandas,
# as docs/export.md says.
#
#   scripts/clients-python.sh [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${1:-$(scripts/binary.sh)}
clients=tests/clients/python
target=${CARGO_TARGET_DIR:-target}
dir=$(mktemp -d)
server=

fail() {
  echo "clients-python: $1" >&2
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

# Debian keeps what `python3 -m venv` needs in a package of its own.
if ! python3 -c 'import ensurepip, venv' 2>/dev/null && ((EUID == 0)) && command -v apt-get >/dev/null; then
  echo "clients-python: no venv for python3 found, installing Debian's package" >&2
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends python3-venv >&2 </dev/null
fi
python3 -c 'import ensurepip, venv' 2>/dev/null ||
  fail "python3 or its module venv is missing; Debian, Ubuntu: sudo apt-get install python3-venv"

# environment NAME: a folder with what requirements-NAME.txt says, made once and again when the file changes.
environment() {
  local folder=$target/clients-python/$1 wanted=$clients/requirements-$1.txt
  if ! cmp -s "$wanted" "$folder/requirements.txt"; then
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --no-deps --requirement "$wanted"
    cp "$wanted" "$folder/requirements.txt"
  fi
}
environment gql
environment generators
environment tables

# Thousands of operations come from one address within a minute.
for who in anonymous user; do
  printf '[limits.%s]\ncost_per_minute = 1000000000\n' "$who"
done >"$dir/config.toml"
"$binary" demo --listen 127.0.0.1:0 --data-dir "$dir/data" --personas "$dir/personas.json" --config "$dir/config.toml" \
  >"$dir/log" 2>&1 </dev/null &
server=$!
url=
deadline=$((SECONDS + 60))
while [[ -z $url ]]; do
  kill -0 "$server" 2>/dev/null || { sed 's/^/  | /' "$dir/log" >&2; fail "the server ended before it listened"; }
  ((SECONDS < deadline)) || fail "the server does not listen after 60 s"
  sleep 0.1
  while IFS= read -r line; do
    [[ $line =~ listening\ on\ (http://[^[:space:]/]+) ]] && url=${BASH_REMATCH[1]}/graphql
  done <"$dir/log"
done

export PYTHONDONTWRITEBYTECODE=1
bad=0

# client NAME ENVIRONMENT: runs it, and goes on with the next one when something is not good.
client() {
  echo "# $1"
  mkdir "$dir/$1"
  "$target/clients-python/$2/bin/python" "$clients/$1_client.py" "$url" "$dir/personas.json" "$dir/$1" || bad=1
}
client gql gql
client sgqlc generators
client ariadne generators
client schemathesis generators
client tables tables
kill -0 "$server" 2>/dev/null || fail "the server ended"
((bad == 0)) || fail "a client was not answered as it should be"
