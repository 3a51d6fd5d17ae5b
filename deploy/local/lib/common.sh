# shellcheck shell=bash
# Folders, messages and small tools that every script of the local stack uses.
# Needs bash and coreutils only: HTTP and port probes go through bash's /dev/tcp.

WEIR_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
LOCAL_DIR="$WEIR_ROOT/deploy/local"
WEIR_DIR="$WEIR_ROOT/.weir"
# A second stack beside the first (deploy/test has one) keeps its data, logs and pids elsewhere; programs and tools are shared.
STACK_DIR="${WEIR_STACK_DIR:-$WEIR_DIR}"
LOG_DIR="$STACK_DIR/log"
RUN_DIR="$STACK_DIR/run"
DATA_DIR="$STACK_DIR/data"
APPS_DIR="$WEIR_DIR/apps"
AOT_DIR="$WEIR_DIR/aot"
TOOLS_DIR="$WEIR_DIR/tools"
export WEIR_ROOT

make_folders() {
  mkdir -p "$LOG_DIR" "$RUN_DIR" "$DATA_DIR" "$APPS_DIR" "$AOT_DIR" "$TOOLS_DIR" "$WEIR_DIR/tmp"
  # Nothing outside the project folder is written: temporary files of the shell, the JVMs and Erlang go here.
  export TMPDIR="$WEIR_DIR/tmp"
}

say() { clear_progress; printf '%s\n' "$@"; }
warn() {
  clear_progress
  printf 'warning: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '         %s\n' "$line" >&2; done
}
die() {
  clear_progress
  printf 'error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 1
}

# A single line that is rewritten on a terminal; silent elsewhere.
PROGRESS_SHOWN=
progress() {
  [ -t 1 ] || return 0
  printf '\r\033[K%s' "$*"
  PROGRESS_SHOWN=1
}
clear_progress() {
  [ -n "$PROGRESS_SHOWN" ] || return 0
  printf '\r\033[K'
  PROGRESS_SHOWN=
}

now_ms() {
  if [ -n "${EPOCHREALTIME:-}" ]; then
    local t=${EPOCHREALTIME/[.,]/}
    echo $((t / 1000))
  else
    echo $(($(date +%s) * 1000))
  fi
}

# seconds_since MS -> "3.2"
seconds_since() {
  local d=$(($(now_ms) - $1))
  printf '%d.%d' $((d / 1000)) $((d % 1000 / 100))
}

if command -v sha256sum >/dev/null 2>&1; then SHA256=(sha256sum); else SHA256=(shasum -a 256); fi

# content_sum PATH... -> one hash over the names and contents of the files below; a missing path counts as empty.
content_sum() {
  { find "$@" -type f 2>/dev/null || true; } | sum_of_listed_files
}

# sum_of_listed_files: the same for file names read from the input, one a line.
sum_of_listed_files() {
  LC_ALL=C sort | tr '\n' '\0' | xargs -0 "${SHA256[@]}" | "${SHA256[@]}" | cut -c1-16
}

# is_listening PORT: does something answer on the loopback port?
is_listening() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# http PORT METHOD PATH [BODY [CONTENT-TYPE]] -> first line: status code, then the body. Empty when nothing answers.
# HTTP/1.0, so that the answer is neither chunked nor kept open. Loopback only.
http() {
  local port=$1 method=$2 path=$3 body=${4:-} type=${5:-application/x-www-form-urlencoded}
  (
    exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
    LC_ALL=C
    {
      printf '%s %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n' "$method" "$path" "$port"
      [ -z "$body" ] || printf 'Content-Type: %s\r\nContent-Length: %d\r\n' "$type" "${#body}"
      printf '\r\n%s' "$body"
    } >&3
    IFS=' ' read -r -t 10 _ status _ <&3 || exit 1
    printf '%s\n' "$status"
    while IFS= read -r -t 10 line <&3; do
      [ "${line%$'\r'}" ] || break
    done
    while IFS= read -r -t 10 line <&3 || [ -n "$line" ]; do printf '%s\n' "$line"; done
  ) 2>/dev/null
}

http_status() {
  local answer
  answer="$(http "$1" GET "$2")" || return 1
  printf '%s' "${answer%%$'\n'*}"
}

# wait_until SECONDS COMMAND...: true as soon as the command succeeds.
wait_until() {
  local end=$(($(now_ms) + $1 * 1000))
  shift
  until "$@"; do
    [ "$(now_ms)" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# pom_property NAME: a version as the parent POM states it, so that it stands in one place only.
pom_property() {
  sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" "$WEIR_ROOT/pom.xml" | head -n 1
}

# Only one command changes the stack at a time.
LOCK_HELD=
try_lock() {
  local lock="$RUN_DIR/lock"
  if ! mkdir "$lock" 2>/dev/null; then
    if live_pid_in "$lock/pid" >/dev/null; then return 1; fi
    # Its holder was killed, or is between the two steps of taking it.
    sleep 0.3
    if live_pid_in "$lock/pid" >/dev/null; then return 1; fi
    rm -rf "$lock"
    mkdir "$lock" 2>/dev/null || return 1
  fi
  printf '%s %s\n' $$ "$(start_time $$)" >"$lock/pid"
  LOCK_HELD=1
}
# take_lock [SECONDS]: waits that long for another command to end.
take_lock() {
  wait_until "${1:-1}" try_lock ||
    die "another command is changing this stack right now (pid $(live_pid_in "$RUN_DIR/lock/pid" || echo unknown))." "Wait for it to end, or stop it, and try again."
}
drop_lock() {
  [ -n "$LOCK_HELD" ] || return 0
  rm -rf "$RUN_DIR/lock"
  LOCK_HELD=
}
