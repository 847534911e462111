#!/usr/bin/env bash
# Proves the direction of the layers from the dependency tree itself, one line a rule; ARCHITECTURE.md says why they are so.
set -euo pipefail
cd "$(dirname "$0")/.."

broken=0

# rule SENTENCE CRATE DEPTH FORBIDDEN…: within DEPTH steps (1: what its own manifest names) CRATE uses none of FORBIDDEN.
# It reads the tree, because `cargo tree --invert` fails alike for "not there" and for any other trouble.
rule() {
  local sentence=$1 crate=$2 depth=$3 tree name found=()
  shift 3
  if ! tree=$(cargo tree --locked --package "$crate" --edges normal --prefix none --format '{p}' --depth "$depth"); then
    echo "layers: cargo tree failed for $crate, nothing is proved" >&2
    exit 2
  fi
  for name in "$@"; do
    # A name that nobody has would be forbidden in vain, after a renaming or by a slip of the pen.
    if ! grep -qx "name = \"$name\"" Cargo.lock; then
      echo "layers: no crate is called $name any more, mend this script" >&2
      exit 2
    fi
    grep -q "^$name v" <<<"$tree" && found+=("$name")
  done
  if ((${#found[@]})); then
    echo "BROKEN  $sentence: $crate uses ${found[*]}"
    broken=1
  else
    echo "holds   $sentence"
  fi
}

anywhere=1000
database=(sea-orm sea-orm-migration sea-query sqlx)
web=(async-graphql axum hyper tower)

rule "domain knows no database, no framework and no runtime" domain $anywhere "${database[@]}" "${web[@]}" tokio
rule "domain stands below every other room" domain $anywhere guard persistence graphql dossier import migrations server
rule "guard knows documents alone: no database, no framework, no runtime" guard $anywhere "${database[@]}" "${web[@]}" tokio domain persistence graphql import server
rule "persistence knows no web" persistence $anywhere "${web[@]}"
rule "persistence stands below graphql, dossier, import and server" persistence $anywhere graphql dossier import migrations server
rule "import stands between dossier, persistence and whoever imports" import $anywhere "${web[@]}" graphql migrations server
rule "import names no database" import 1 "${database[@]}"
rule "graphql names no database and no file format" graphql 1 "${database[@]}" migrations dossier
rule "graphql names no transport" graphql $anywhere axum tower-http server
rule "dossier is a format: neither database nor web" dossier $anywhere "${database[@]}" "${web[@]}" persistence graphql import server
rule "migrations are history: they follow no type that changes" migrations $anywhere domain persistence graphql dossier import server

exit $broken
