#!/usr/bin/env bash
# Builds the program and prints where it is. Arguments go to cargo: `scripts/binary.sh --release`.
# The whole workspace is built, because building the server alone asks some libraries for fewer features than the tests
# do, and would compile them, and all that stands on them, a second time.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --workspace --locked "$@" --message-format=json-render-diagnostics |
  sed -n 's/.*"executable":"\([^"]*\/phoihop\)".*/\1/p'
