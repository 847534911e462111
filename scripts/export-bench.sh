#!/usr/bin/env bash
# Measures /export of a release build over a large database on PostgreSQL: rows a second, the processor's seconds of the
# program and of PostgreSQL, and the program's peak memory. Beside the lists stands PostgreSQL's own COPY of the same
# columns and rows, in the same run: quote the ratio, not the seconds.
#
#   scripts/with-postgres.sh scripts/export-bench.sh [SCALE [BINARY]]
#
# EXPORT_BENCH_DATABASE names a database of that server that is filled already, and is kept.
set -euo pipefail
cd "$(dirname "$0")/.."

server=${PHOIHOP_TEST_POSTGRES:?run it under scripts/with-postgres.sh}
scale=${1:-10}
binary=${2:-$(scripts/binary.sh --release)}
runs=${EXPORT_BENCH_RUNS:-3}
database=${EXPORT_BENCH_DATABASE:-export_bench_$$}
admin=${server%/*}/$database
place=${server#*@}
dir=$(mktemp -d)
pid=

cleanup() {
  if [[ -n $pid ]]; then
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  fi
  rm -rf "$dir"
  [[ -n ${EXPORT_BENCH_DATABASE:-} ]] || psql --quiet "$server" --command "DROP DATABASE IF EXISTS $database WITH (FORCE)"
}
trap cleanup EXIT

ask() {
  psql --quiet --no-align --tuples-only "$admin" --command "$1"
}

if [[ -z ${EXPORT_BENCH_DATABASE:-} ]]; then
  psql --quiet "$server" --command "CREATE DATABASE $database"
  "$binary" migrate --database-url "$admin" >/dev/null
fi
ask "ALTER ROLE phoihop_app PASSWORD 'phoihop'; ALTER ROLE phoihop_anon PASSWORD 'phoihop'"
app=postgres://phoihop_app:phoihop@${place%/*}/$database
anon=postgres://phoihop_anon:phoihop@${place%/*}/$database
if [[ -z ${EXPORT_BENCH_DATABASE:-} ]]; then
  "$binary" --log warn seed --scale "$scale" --database-url "$app" | tail -1
  ask "VACUUM ANALYZE"
fi

cat >"$dir/config.toml" <<'TOML'
[limits.anonymous]
cost_per_minute = 1000000000
request_seconds = 120
TOML
"$binary" --log warn serve --database-url "$app" --listen 127.0.0.1:0 --config "$dir/config.toml" >"$dir/log" 2>&1 </dev/null &
pid=$!
url=
for _ in $(seq 600); do
  url=$(sed -n 's#.*listening on \(http://[^[:space:]/]*\).*#\1#p' "$dir/log")
  [[ -z $url ]] || break
  kill -0 "$pid" 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
  sleep 0.1
done

postmaster=$(ps -o ppid= -p "$(ask "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")" | tr -d ' ')
ticks=$(getconf CLK_TCK)

# What a process has used of the processor, its ended children too, in ticks.
used() {
  # The name of a program stands in brackets and may have blanks.
  sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '{ print $12 + $13 + $14 + $15 }'
}
of_postgres() {
  for process in "$postmaster" $(ps -o pid= --ppid "$postmaster"); do used "$process"; done | awk '{ sum += $1 } END { print sum }'
}

# measure NAME ROWS COMMAND…: the quickest of several runs; ROWS are counted by a command.
measure() {
  local name=$1 rows=$2 best='' line seconds begun ended ours theirs peak
  shift 2
  for _ in $(seq "$runs"); do
    # From here on the peak is counted anew.
    echo 5 >"/proc/$pid/clear_refs" 2>/dev/null || true
    ours=$(used "$pid")
    theirs=$(of_postgres)
    begun=$EPOCHREALTIME
    "$@" >"$dir/out"
    ended=$EPOCHREALTIME
    line="$(awk "BEGIN { print $ended - $begun }") $(($(used "$pid") - ours)) $(($(of_postgres) - theirs))"
    line+=" $(awk '/VmHWM/ { print $2 }' "/proc/$pid/status")"
    [[ -n $best ]] && awk "BEGIN { exit !(${best%% *} <= ${line%% *}) }" || best=$line
  done
  read -r seconds ours theirs peak <<<"$best"
  rows=$(eval "$rows")
  awk -v name="$name" -v rows="$rows" -v s="$seconds" -v o="$ours" -v t="$theirs" -v peak="$peak" -v ticks="$ticks" \
    -v bytes="$(stat -c %s "$dir/out")" 'BEGIN {
      printf "  %-28s %8d rows %7.1f MB %7.2f s %8d rows/s · %6.2f s of the program, %6.2f s of PostgreSQL · peak %4d MB\n",
        name, rows, bytes / 1e6, s, rows / s, o / ticks, t / ticks, peak / 1024 }'
}

fetch() {
  curl --silent --show-error --fail "$url/export/$1"
}
copy() {
  psql --quiet "$anon" --command "\copy (SELECT * FROM report_$1) TO STDOUT CSV HEADER"
}

lines="wc -l <'$dir/out'"
# As many provinces as fit into a workbook.
few=$(ask "SELECT string_agg('tenant=' || slug, '&') || ' ' || max(n) FROM (
  SELECT t.slug, sum(count(*)) OVER (ORDER BY t.id) AS n FROM results r JOIN tenants t ON t.id = r.tenant_id
  WHERE r.visibility = 'PUBLIC' GROUP BY t.id, t.slug) so_far WHERE n < 200000")
# What most others implement.
of=$(ask "SELECT parent_program_id FROM report_signing_lag WHERE parent_program_id IS NOT NULL
  GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")

echo "The quickest of $runs, as anybody; $(ask "SELECT count(*) FROM results") results in all"
for list in results signatories programs; do
  measure "COPY of report_$list" "$lines" copy "$list"
  measure "$list.csv" "$lines" fetch "$list.csv"
done
measure results.ndjson "$lines" fetch results.ndjson
measure "results.csv, compressed" "gunzip <'$dir/out' | wc -l" curl --silent --fail --header 'accept-encoding: gzip' "$url/export/results.csv"
measure results.xlsx "echo ${few#* }" fetch "results.xlsx?${few% *}"
measure totals.csv "$lines" fetch totals.csv
measure coverage.csv "$lines" fetch "coverage.csv?of=$of"
