#!/usr/bin/env bash
# Measures how much a tenant suffers from a noisy one: how fast it is served alone, and then beside twenty times its load.
# Debug builds are slow everywhere, so a release build is asked unless another binary is named.
#
#   scripts/neighbor.sh [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${1:-$(scripts/binary.sh --release)}
scripts/need-node.sh
node tests/attack/neighbor.mjs "$binary"
