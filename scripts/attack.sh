#!/usr/bin/env bash
# Attacks the program with a corpus of hostile requests: each is refused, none ends it, and others are served meanwhile.
#
#   scripts/attack.sh [--release] [BINARY]
#
# With --release each attack may cost 5 ms of processor time at most; a debug build is too slow to be held to that.
set -euo pipefail
cd "$(dirname "$0")/.."

release=()
if [[ ${1:-} == --release ]]; then
  release=(--release)
  shift
fi
binary=${1:-$(scripts/binary.sh "${release[@]}")}
scripts/need-node.sh
# A crowd of connections needs as many files.
ulimit -n 8192 2>/dev/null || true
node tests/attack/run.mjs "${release[@]}" "$binary"
