#!/usr/bin/env bash
# Measures how fast `phoihop seed` fills a database, on SQLite and on PostgreSQL, by the clock on the wall, and how large it
# becomes. Debug builds are slow everywhere, so a release build is measured unless another binary is named.
#
#   scripts/seed-bench.sh [SCALE [BINARY]]
#   scripts/with-postgres.sh scripts/seed-bench.sh 100
#
# PostgreSQL is measured where PHOIHOP_TEST_POSTGRES names a server. The one of with-postgres.sh does not wait for the disk.
set -euo pipefail
cd "$(dirname "$0")/.."

scale=${1:-10}
binary=${2:-$(scripts/binary.sh --release)}
dir=$(mktemp -d)
database=seed_bench_$$
server=${PHOIHOP_TEST_POSTGRES:-}

cleanup() {
  rm -rf "$dir"
  [[ -z $server ]] || psql --quiet "$server" --command "DROP DATABASE IF EXISTS $database WITH (FORCE)"
}
trap cleanup EXIT

# Prints what it prints itself: rows and seconds, and the most memory that it took.
measure() {
  /usr/bin/env time --format '  at most %M kB of memory, %U s of its own time' "$binary" --log warn seed --scale "$scale" "$@" 2>"$dir/told"
  grep 'of its own time' "$dir/told"
}

echo "SQLite, scale $scale"
"$binary" migrate --data-dir "$dir" >/dev/null
measure --data-dir "$dir"
echo "  $(du -m "$dir/phoihop.db" | cut -f1) MB on disk"

if [[ -z $server ]]; then
  echo "PostgreSQL: not measured; run scripts/with-postgres.sh $0 $scale"
  exit 0
fi
echo "PostgreSQL, scale $scale"
psql --quiet "$server" --command "CREATE DATABASE $database"
"$binary" migrate --database-url "${server%/*}/$database" >/dev/null
psql --quiet "$server" --command "ALTER ROLE phoihop_app PASSWORD 'phoihop'"
place=${server#*@}
measure --database-url "postgres://phoihop_app:phoihop@${place%/*}/$database"
echo "  $(psql --quiet --tuples-only "$server" --command "SELECT pg_database_size('$database') / 1000000") MB on disk"
