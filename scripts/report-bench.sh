#!/usr/bin/env bash
# Measures the cube and the coverage of a central program on PostgreSQL over HTTP, beside the best SQL for the same in the
# same run, and whether they slow down as the data grows: at a quarter of SCALE, then at SCALE.
#
#   scripts/with-postgres.sh scripts/report-bench.sh [SCALE [BINARY]]
#
# SCALE 100 has a million results. Debug builds are slow everywhere, so a release build is measured unless another binary is
# named. Compare within one run only.
set -euo pipefail
cd "$(dirname "$0")/.."

scale=${1:-40}
if ((scale < 40)); then
  echo "report-bench: a quarter of $scale has no central program to speak of; take a scale from 40 on" >&2
  exit 2
fi
binary=${2:-$(scripts/binary.sh --release)}
server=${PHOIHOP_TEST_POSTGRES:?run it by scripts/with-postgres.sh}
dir=$(mktemp -d)
databases=()
service=

cleanup() {
  [[ -z $service ]] || kill "$service" 2>/dev/null || true
  for database in "${databases[@]}"; do
    psql --quiet "$server" --command "DROP DATABASE IF EXISTS $database WITH (FORCE)"
  done
  rm -rf "$dir"
}
trap cleanup EXIT

cube='{ report { totals(of: RESULTS, by: [PROVINCE, INDICATOR, YEAR]) { cells {
  province { slug } indicator { code } year records figures { value qualifier counted missing } } } } }'
# shellcheck disable=SC2016 # a variable of GraphQL
coverage='query ($of: ID!) { report { coverage(of: $of) { provinces rows { state province { slug } programs {
  lagDays program { number signedOn { date } } sectors { code } missingSectors { code } } } } } }'

# What a hand would write: from the sums, without the sums, and for the coverage.
cat >"$dir/kept.sql" <<'SQL'
SELECT json_agg(json_build_object('province', json_build_object('slug', t.slug), 'indicator', json_build_object('code', k.indicator),
  'year', k.year, 'records', k.records, 'figures', json_build_object('value', (k.sum_e4::numeric / 10000)::text,
  'qualifier', k.lower + k.upper + k.loose, 'counted', k.counted, 'missing', k.missing)))
FROM result_totals k JOIN tenants t ON t.id = k.tenant_id WHERE k.visibility = 'PUBLIC' AND k.by_year;
SQL
cat >"$dir/results.sql" <<'SQL'
SELECT json_agg(json_build_object('province', json_build_object('slug', t.slug), 'indicator', json_build_object('code', k.indicator),
  'year', k.year, 'records', k.records, 'figures', json_build_object('value', (k.sum_e4::numeric / 10000)::text,
  'qualifier', k.weakest, 'counted', k.counted, 'missing', k.records - k.counted)))
FROM (SELECT tenant_id, indicator, extract(year FROM coalesce(period_earliest, as_of_earliest)) AS year, count(*) AS records,
        count(value_e4) AS counted, sum(value_e4) AS sum_e4, max(qualifier) AS weakest
      FROM results WHERE visibility = 'PUBLIC' GROUP BY 1, 2, 3) k JOIN tenants t ON t.id = k.tenant_id;
SQL
cat >"$dir/coverage.sql" <<'SQL'
SELECT json_agg(json_build_object('province', t.slug, 'programs', c.programs))
FROM tenants t LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('number', p.number, 'signedOn', p.signed_on, 'days', p.signed_on_earliest - o.signed_on_earliest,
    'sectors', (SELECT json_agg(DISTINCT coalesce(a.sector, g.sector)) FROM involvements i
      LEFT JOIN agencies a ON a.tenant_id = i.agency_tenant_id AND a.id = i.agency_id AND a.visibility = 'PUBLIC'
      LEFT JOIN agency_groups g ON g.tenant_id = i.tenant_id AND g.id = i.group_id AND g.visibility = 'PUBLIC'
      WHERE i.tenant_id = p.tenant_id AND i.program_id = p.id AND i.kind = 'SIGNATORY' AND i.visibility = 'PUBLIC'))) AS programs
  FROM program_links l JOIN programs p ON p.tenant_id = l.tenant_id AND p.id = l.program_id
  JOIN programs o ON o.tenant_id = l.to_program_tenant_id AND o.id = l.to_program_id
  WHERE l.tenant_id = t.id AND l.kind = 'IMPLEMENTS' AND l.to_program_id = 'CENTRAL' AND l.to_program_tenant_id = 1
    AND p.level = 'PROVINCE' AND p.visibility = 'PUBLIC') c ON true
WHERE t.valid_to IS NULL;
SQL

# The middle of so many answers to $1, in milliseconds.
ask() {
  for _ in {1..15}; do
    curl --silent --fail --output "$dir/answer" --write-out '%{time_total}\n' "$address/graphql" \
      --header 'content-type: application/json' --data "$1"
  done | sort --general-numeric-sort | sed --quiet 8p | awk '{ printf "%.1f", $1 * 1000 }'
}

# The middle of as many runs of $1 as the service's role.
run() {
  for _ in {1..15}; do
    psql --quiet --no-psqlrc --tuples-only --output /dev/null --command '\timing on' --file "$1" "$url"
  done | sed --quiet 's/^Time: \([0-9.]*\) ms.*/\1/p' | sort --general-numeric-sort | sed --quiet 8p
}

# Fills a database at scale $1 and measures it.
measure() {
  local database=report_bench_${1}_$$ place=${server#*@}
  databases+=("$database")
  psql --quiet "$server" --command "CREATE DATABASE $database"
  "$binary" migrate --database-url "${server%/*}/$database" >/dev/null
  psql --quiet "$server" --command "ALTER ROLE phoihop_app PASSWORD 'phoihop'"
  url="postgres://phoihop_app:phoihop@${place%/*}/$database"
  "$binary" --log warn seed --scale "$1" --database-url "$url" | tail --lines 1
  local began=$SECONDS
  "$binary" --log warn totals rebuild --database-url "$url" >/dev/null
  echo "  added up anew and compared in $((SECONDS - began)) s"
  psql --quiet "${server%/*}/$database" --command 'VACUUM ANALYZE'
  local admin="${server%/*}/$database" central number of
  central=$(psql --quiet --tuples-only --no-align "$admin" --command "SELECT l.to_program_id FROM program_links l
    JOIN programs p ON p.id = l.to_program_id WHERE l.kind = 'IMPLEMENTS' AND l.visibility = 'PUBLIC' AND p.visibility = 'PUBLIC'
    AND p.number IS NOT NULL AND p.tenant_id = 1 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
  number=$(psql --quiet --tuples-only --no-align "$admin" --command "SELECT number FROM programs WHERE id = '$central'")
  sed --in-place "s/l.to_program_id = '[^']*'/l.to_program_id = '$central'/" "$dir/coverage.sql"

  "$binary" --log warn serve --listen 127.0.0.1:0 --database-url "$url" --config "$dir/settings.toml" >"$dir/told" 2>&1 &
  service=$!
  until grep --quiet listening "$dir/told"; do
    kill -0 "$service" || { cat "$dir/told" >&2; exit 1; }
    sleep 0.1
  done
  address=$(sed 's/.*listening on //' "$dir/told")
  of=$(curl --silent "$address/graphql" --header 'content-type: application/json' --data "$(
    jq --null-input --compact-output --arg number "$number" \
      '{query: "query ($n: String!) { programs(where: {number: {eq: $n}}) { nodes { id } } }", variables: {n: $number}}'
  )" | jq --raw-output '.data.programs.nodes[0].id')
  cube_ms=$(ask "$(jq --null-input --arg query "$cube" '{query: $query}')")
  cells=$(jq '.data.report.totals.cells | length' "$dir/answer")
  coverage_ms=$(ask "$(jq --null-input --arg query "$coverage" --arg of "$of" '{query: $query, variables: {of: $of}}')")
  rows=$(jq '[.data.report.coverage.rows[].programs[]] | length' "$dir/answer")
  kill "$service"
  wait "$service" || true
  service=
  kept=$(run "$dir/kept.sql") results=$(run "$dir/results.sql") by_hand=$(run "$dir/coverage.sql")
  ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
  echo "  cube, $cells cells: $cube_ms ms; SQL from the sums $kept ms (ratio $(ratio "$cube_ms" "$kept")), from the results $results ms (ratio $(ratio "$cube_ms" "$results"))"
  echo "  coverage, $rows programs: $coverage_ms ms; SQL $by_hand ms (ratio $(ratio "$coverage_ms" "$by_hand"))"
}

# Whoever measures asks more often than anybody, and for more.
cat >"$dir/settings.toml" <<'TOML'
[limits.anonymous]
cost_per_minute = 100000000
nodes = 50000
TOML
quarter=$((scale / 4 > 0 ? scale / 4 : 1))
echo "PostgreSQL, scale $quarter"
measure "$quarter"
small_cube=$cube_ms small_coverage=$coverage_ms
echo "PostgreSQL, scale $scale"
measure "$scale"
echo "at four times the data: cube $(ratio "$cube_ms" "$small_cube") times as slow, coverage $(ratio "$coverage_ms" "$small_coverage") times"
