#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own, and pgbouncer before it, both gone afterwards:
#
#   scripts/with-postgres.sh cargo test --workspace
#
# The command finds the server in PHOIHOP_TEST_POSTGRES, a URL of a superuser and the database `postgres`, and pgbouncer in
# PHOIHOP_TEST_PGBOUNCER, HOST:PORT. It pools transactions, one server connection for all, and knows one user: the
# service's role, with the password `phoihop`.
# A value that is set already is left alone, so that a server of your own can be used instead.
# The command gets no keyboard (it is not the terminal's foreground process); a pipe into it works.
set -euo pipefail

if (($# == 0)); then
  echo "usage: $0 COMMAND [ARGUMENT…]" >&2
  exit 2
fi
if [[ -n ${PHOIHOP_TEST_POSTGRES:-} ]]; then
  exec "$@"
fi

# Prints the folder that holds initdb and its companions: from PATH, else the newest of Debian's.
find_bin() {
  local initdb dir
  if initdb=$(command -v initdb); then
    dir=$(dirname "$(readlink -f "$initdb")")
    [[ -x $dir/pg_ctl ]] && echo "$dir" && return
  fi
  for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort --reverse); do
    [[ -x $dir/initdb && -x $dir/pg_ctl ]] && echo "$dir" && return
  done
  return 1
}

if ! bin=$(find_bin); then
  if ((EUID == 0)) && command -v apt-get >/dev/null; then
    echo "with-postgres: no PostgreSQL found, installing Debian's package" >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends postgresql >&2 </dev/null
  fi
  if ! bin=$(find_bin); then
    echo "with-postgres: no initdb on PATH nor in /usr/lib/postgresql/*/bin." >&2
    echo "  Debian, Ubuntu: sudo apt-get install postgresql" >&2
    echo "  Fedora:         sudo dnf install postgresql-server" >&2
    echo "  Or name a server of yours: PHOIHOP_TEST_POSTGRES=postgres://USER:PASSWORD@HOST:PORT/postgres" >&2
    exit 1
  fi
fi

# A developer's own settings must reach neither the server nor the tests.
unset PGDATA PGHOST PGHOSTADDR PGPORT PGUSER PGPASSWORD PGDATABASE PGOPTIONS PGSERVICE PGSSLMODE PGAPPNAME

# PostgreSQL refuses to run as root.
as=()
if ((EUID == 0)); then
  if id postgres >/dev/null 2>&1; then
    owner=postgres
  else
    owner=phoihop-test
    id "$owner" >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin "$owner"
  fi
  as=(runuser -u "$owner" --)
fi

# /tmp, not TMPDIR: the other user must be able to enter it, and a socket's path must stay short.
dir=$(mktemp -d /tmp/phoihop-postgres.XXXXXX)
child=

# shellcheck disable=SC2317 # the trap calls it
cleanup() {
  local code=$?
  trap - EXIT
  trap '' INT TERM HUP
  if [[ -n $child ]] && kill -TERM -- "-$child" 2>/dev/null; then
    wait "$child" 2>/dev/null || true
  fi
  # Nothing in it is worth a checkpoint.
  [[ -s $dir/pgbouncer.pid ]] && kill "$(<"$dir/pgbouncer.pid")" 2>/dev/null || true
  in_dir "$bin/pg_ctl" stop --silent --pgdata="$dir/data" --mode=immediate >/dev/null 2>&1 || true
  rm -rf "$dir"
  exit "$code"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Runs as the server's owner, from a folder that this owner may enter.
in_dir() {
  (cd "$dir" && exec "${as[@]}" env LC_ALL=C "$@")
}

if ! pgbouncer=$(PATH=$PATH:/usr/sbin command -v pgbouncer); then
  if ((EUID == 0)) && command -v apt-get >/dev/null; then
    echo "with-postgres: no pgbouncer found, installing Debian's package" >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends pgbouncer >&2 </dev/null
  fi
  if ! pgbouncer=$(PATH=$PATH:/usr/sbin command -v pgbouncer); then
    echo "with-postgres: no pgbouncer on PATH; Debian, Ubuntu: sudo apt-get install pgbouncer" >&2
    exit 1
  fi
fi

# Other users of the machine reach loopback too, and this account may do anything on the server.
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && echo "$password" >"$dir/password")
((EUID == 0)) && chown -R "$owner" "$dir"

locales=$(locale -a 2>/dev/null || true)
locale=C
[[ ${locales,,} == *c.utf8* || ${locales,,} == *c.utf-8* ]] && locale=C.UTF-8

# The password crosses loopback in the clear, because hashing it at every connection costs an unoptimized client more
# than a test does.
if ! in_dir "$bin/initdb" --pgdata="$dir/data" --username=postgres --pwfile="$dir/password" \
  --auth-local=trust --auth-host=password --encoding=UTF8 --locale="$locale" --no-sync >"$dir/initdb.log" 2>&1; then
  cat "$dir/initdb.log" >&2
  exit 1
fi

# Durability is of no use here, and is most of what a small test would wait for.
in_dir tee -a "$dir/data/postgresql.conf" >/dev/null <<EOF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$dir'
max_connections = 200
shared_buffers = '128MB'
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
EOF

# The port is guessed below the range from which the kernel lends; whoever has it already makes the start fail.
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  port=$((10240 + RANDOM % 20000))
  rm -f "$dir/server.log"
  if in_dir "$bin/pg_ctl" start --silent --wait --timeout=60 --pgdata="$dir/data" --log="$dir/server.log" \
    --options="-p $port" >"$dir/start.log" 2>&1; then
    break
  fi
  if ((attempt == 10)) || ! grep -q 'Address already in use' "$dir/server.log"; then
    echo "with-postgres: the server does not start:" >&2
    cat "$dir/start.log" "$dir/server.log" >&2
    exit 1
  fi
done

export PHOIHOP_TEST_POSTGRES="postgres://postgres:$password@127.0.0.1:$port/postgres"

# Drivers set these when they connect; pgbouncer asks to be told that it need not understand them.
in_dir tee "$dir/users.txt" >/dev/null <<<'"phoihop_app" "phoihop"'
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  pooler=$((10240 + RANDOM % 20000))
  in_dir tee "$dir/pgbouncer.ini" >/dev/null <<EOF
[databases]
* = host=127.0.0.1 port=$port
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $pooler
unix_socket_dir =
auth_type = plain
auth_file = $dir/users.txt
pool_mode = transaction
default_pool_size = 1
max_client_conn = 100
ignore_startup_parameters = extra_float_digits,options
pidfile = $dir/pgbouncer.pid
logfile = $dir/pgbouncer.log
EOF
  in_dir "$pgbouncer" --daemon --quiet "$dir/pgbouncer.ini" >>"$dir/start.log" 2>&1 || true
  for moment in 1 2 3 4 5 6 7 8 9 10; do
    [[ -s $dir/pgbouncer.pid ]] && (exec 3<>"/dev/tcp/127.0.0.1/$pooler") 2>/dev/null && break 2
    sleep 0.1
  done
  if ((attempt == 10)); then
    echo "with-postgres: pgbouncer does not start:" >&2
    cat "$dir/start.log" "$dir/pgbouncer.log" >&2
    exit 1
  fi
done
export PHOIHOP_TEST_PGBOUNCER="127.0.0.1:$pooler"

# A group of its own, so that an interrupted run leaves no test behind; in the background, because bash looks at its
# traps only between foreground commands.
set -m
"$@" <&0 &
child=$!
set +m
code=0
wait "$child" || code=$?
child=
exit "$code"
