#!/usr/bin/env bash
# Lets a fuzzer look for documents that hurt the guard, guided by which lines they reach, from the corpus in
# fuzz/corpus and the cookbook. What it finds it leaves in fuzz/artifacts, and ends with an error.
#
#   scripts/fuzz.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
target=$(rustc -vV | sed -n 's/^host: //p')
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# What the committed corpus is for is to be a beginning: what a run adds stays out of it.
cp fuzz/corpus/document/* docs/cookbook/*.graphql "$dir"
mkdir -p fuzz/artifacts

# The instruments of LLVM's fuzzer, with a compiler that is no nightly one. Naming the target keeps them out of build scripts.
coverage=(-Cpasses=sancov-module)
for option in level=4 inline-8bit-counters pc-table trace-compares; do
  coverage+=("-Cllvm-args=-sanitizer-coverage-$option")
done
RUSTFLAGS="${coverage[*]} -Ccodegen-units=1 --cfg fuzzing" \
  cargo build --quiet --locked --release --manifest-path fuzz/Cargo.toml --target-dir "${CARGO_TARGET_DIR:-target}/fuzz" --target "$target"

"${CARGO_TARGET_DIR:-target}/fuzz/$target/release/document" "$dir" \
  -artifact_prefix=fuzz/artifacts/ -max_total_time="$seconds" -max_len=17000 -timeout=5 -rss_limit_mb=1024 \
  -print_final_stats=1 -verbosity=1 2>&1 | grep -v '^#.*\(NEW\|REDUCE\|pulse\|RELOAD\)'
