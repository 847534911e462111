#!/usr/bin/env bash
# Signs in as people and programs do: a real OpenID Connect provider hands out tokens, by client credentials and by
# authorization code, and the program is asked with them, through a rotation of the provider's key and an outage.
#
#   scripts/oidc.sh [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${1:-$(scripts/binary.sh)}
dir=$(mktemp -d)
server=

fail() {
  echo "oidc: $1" >&2
  [[ -s $dir/log ]] && sed 's/^/  | /' "$dir/log" >&2
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

if ! command -v npm >/dev/null && ((EUID == 0)) && command -v apt-get >/dev/null; then
  echo "oidc: no npm found, installing Debian's package" >&2
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends nodejs npm >&2 </dev/null
fi
command -v npm >/dev/null || fail "npm is missing; Debian, Ubuntu: sudo apt-get install nodejs npm"

# Its own scripts are not run: nothing of it needs any.
(cd tests/oidc && npm ci --ignore-scripts --no-audit --no-fund --silent)

# The port is guessed below the range from which the kernel lends, since both sides must know it beforehand.
port=$((10240 + RANDOM % 20000))
cat >"$dir/auth.toml" <<EOF
[[issuer]]
url = "http://127.0.0.1:$port"
[issuer.organizations]
"so-noi-vu" = "hung-yen:2025"
EOF
"$binary" migrate --data-dir "$dir/data" >"$dir/log" 2>&1 || fail "the database cannot be migrated"
"$binary" serve --listen 127.0.0.1:0 --data-dir "$dir/data" --auth "$dir/auth.toml" >"$dir/log" 2>&1 </dev/null &
server=$!
url=
deadline=$((SECONDS + 60))
while [[ -z $url ]]; do
  kill -0 "$server" 2>/dev/null || fail "the server ended before it listened"
  ((SECONDS < deadline)) || fail "the server does not listen after 60 s"
  sleep 0.1
  while IFS= read -r line; do
    [[ $line =~ listening\ on\ (http://[^[:space:]/]+) ]] && url=${BASH_REMATCH[1]}
  done <"$dir/log"
done

node tests/oidc/run.mjs --port "$port" --graphql "$url/graphql" || fail "a token was not understood as it should be"
