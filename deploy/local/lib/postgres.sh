# shellcheck shell=bash
# PostgreSQL from the binaries that Maven fetches: server only (initdb, postgres), no client. Data in .weir/data/postgres.

postgres_home() { echo "$TOOLS_DIR/postgres-$(pom_property embedded-postgres-binaries.version)"; }
PG_DATA="$DATA_DIR/postgres"

postgres_classifier() {
  local system machine
  system="$(uname -s | tr '[:upper:]' '[:lower:]')"
  machine="$(uname -m)"
  case "$machine" in
    x86_64 | amd64) machine=amd64 ;;
    aarch64 | arm64) machine=arm64v8 ;;
    *) die "there are no PostgreSQL binaries for $system on $machine." ;;
  esac
  if [ "$system" = linux ] && [ -f /etc/alpine-release ]; then machine="$machine-alpine"; fi
  echo "$system-$machine"
}

fetch_postgres() {
  local home archive
  home="$(postgres_home)"
  [ ! -f "$home/.complete" ] || return 0
  say "fetching PostgreSQL $(pom_property embedded-postgres-binaries.version) (once)"
  rm -rf "$home"
  mkdir -p "$home/.archive"
  unpack_artifact "io.zonky.test.postgres:embedded-postgres-binaries-$(postgres_classifier):$(pom_property embedded-postgres-binaries.version)" "$home/.archive"
  archive="$(find "$home/.archive" -name '*.txz' | head -n 1)"
  [ -n "$archive" ] || die "the PostgreSQL artifact holds no archive ($home/.archive)."
  # tar needs xz for this; where it is not installed, Java unpacks that layer.
  if ! tar -xJf "$archive" -C "$home" 2>/dev/null; then
    copy_artifact org.tukaani:xz:1.10 "$home/.archive"
    "$JAVA" -cp "$home/.archive/xz-1.10.jar" "$LOCAL_DIR/tools/UnpackXz.java" "$archive" "$home/.archive/files.tar" ||
      die "the archive $archive could not be unpacked."
    tar -xf "$home/.archive/files.tar" -C "$home"
  fi
  rm -rf "$home/.archive"
  : >"$home/.complete"
}

# PostgreSQL refuses to run as root, or as a user without a name (a container's --user): a user namespace of its own makes it
# an ordinary user; where these are off, root runs it as the user nobody.
choose_postgres_user() {
  AS_POSTGRES=()
  if [ "$(id -u)" != 0 ] && id -un >/dev/null 2>&1; then return 0; fi
  if unshare -U true 2>/dev/null; then
    AS_POSTGRES=(unshare -U)
  elif [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null 2>&1 && "${AS_NOBODY[@]}" test -x "$(postgres_home)/bin/postgres"; then
    AS_POSTGRES=("${AS_NOBODY[@]}")
    mkdir -p "$PG_DATA"
    chown -R 65534:65534 "$PG_DATA"
    chmod 700 "$PG_DATA"
  else
    die "PostgreSQL does not run as this user ($(id -u)), and here neither a user namespace nor the user nobody can be used." \
      "Run the stack as an ordinary user that owns $WEIR_ROOT."
  fi
}
AS_NOBODY=(setpriv --reuid=65534 --regid=65534 --clear-groups)

# single_user DATABASE: SQL from the input, one statement a line, while the server is down.
single_user() {
  "${AS_POSTGRES[@]}" "$(postgres_home)/bin/postgres" --single -D "$PG_DATA" -c exit_on_error=on "$1" 2>&1
}

init_postgres() {
  [ ! -f "$PG_DATA/.initialized" ] || return 0
  rm -rf "$PG_DATA"
  mkdir -p "$PG_DATA"
  chmod 700 "$PG_DATA"
  choose_postgres_user
  printf 'postgres\n' >"$WEIR_DIR/tmp/pw"
  "${AS_POSTGRES[@]}" "$(postgres_home)/bin/initdb" -D "$PG_DATA" -U postgres --no-sync --locale=C.UTF-8 --encoding=UTF8 \
    --auth=scram-sha-256 --pwfile="$WEIR_DIR/tmp/pw" >>"$LOG_DIR/postgres.log" 2>&1 ||
    { log_tail postgres; die "PostgreSQL's initdb failed."; }
  rm -f "$WEIR_DIR/tmp/pw"
  : >"$PG_DATA/.initialized"
}

# A database with its owner (migrations) and its app role (reads and writes rows, owns nothing).
create_database() { # NAME
  local db=$1 owner="$1_owner" answer
  [ ! -f "$PG_DATA/.has-$db" ] || return 0
  answer="$(
    single_user postgres <<SQL
DO \$\$ BEGIN CREATE ROLE $owner LOGIN PASSWORD '$owner'; EXCEPTION WHEN duplicate_object THEN NULL; END \$\$
DO \$\$ BEGIN CREATE ROLE $db LOGIN PASSWORD '$db'; EXCEPTION WHEN duplicate_object THEN NULL; END \$\$
SQL
    single_user postgres <<<"CREATE DATABASE $db OWNER $owner"
    single_user "$db" <<SQL
REVOKE ALL ON DATABASE $db FROM PUBLIC
GRANT CONNECT, TEMPORARY ON DATABASE $db TO $db
GRANT USAGE ON SCHEMA public TO $db
ALTER DEFAULT PRIVILEGES FOR ROLE $owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO $db
ALTER DEFAULT PRIVILEGES FOR ROLE $owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO $db
SQL
  )" || true
  case "$answer" in
    *FATAL* | *PANIC* | *ERROR*)
      case "$answer" in
        *"database \"$db\" already exists"*) ;;
        *) die "the database $db could not be created:" "$(printf '%s' "$answer" | grep -E -m 3 'ERROR|FATAL|PANIC')" ;;
      esac
      ;;
  esac
  : >"$PG_DATA/.has-$db"
}

start_postgres() {
  local db pid
  ! is_running postgres || return 0
  choose_postgres_user
  init_postgres
  forget_dead_postmaster
  for db in $DATABASES weir_keycloak; do create_database "$db"; done
  launch postgres "${AS_POSTGRES[@]}" "$(postgres_home)/bin/postgres" -D "$PG_DATA" -p "$WEIR_POSTGRES_PORT" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on -c shared_buffers=32MB -c max_connections=200 \
    -c jit=off -c max_wal_size=1GB -c timezone=UTC -c log_timezone=UTC -c 'log_line_prefix=%m [%p] %u@%d '
  pid="$(pid_of postgres)" || true
  wait_until 60 postgres_started "$pid" || true
  postgres_ready || { log_tail postgres; die "PostgreSQL did not start."; }
}

# The server writes its state into line 8 of its pid file.
postgres_ready() {
  is_running postgres && [ "$(sed -n '8p' "$PG_DATA/postmaster.pid" 2>/dev/null | tr -d ' ')" = ready ]
}
postgres_started() { is_gone "$1" || postgres_ready; }

# After a kill -9 the old server's children end by themselves; a new server must not start before that.
forget_dead_postmaster() {
  local pid
  [ -f "$PG_DATA/postmaster.pid" ] || return 0
  pid="$(head -n 1 "$PG_DATA/postmaster.pid")"
  wait_until 10 is_gone "$pid" || die "a PostgreSQL server that this stack did not start (pid $pid) uses $PG_DATA."
  wait_until 10 no_backend_left || die "processes of a killed PostgreSQL server still use $PG_DATA."
  # An unreaped process looks alive to PostgreSQL.
  if kill -0 "$pid" 2>/dev/null; then rm -f "$PG_DATA/postmaster.pid"; fi
}

# Its children's titles do not name the folder, but they work in it.
no_backend_left() {
  local process
  for process in /proc/[0-9]*; do
    [ "$(readlink "$process/cwd" 2>/dev/null)" != "$PG_DATA" ] || is_gone "${process#/proc/}" || return 1
  done
}

stop_postgres() { terminate postgres INT 30; }
