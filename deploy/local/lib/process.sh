# shellcheck shell=bash
# Processes of the stack: one pid file and one log file each. A pid counts as ours only with the start time that was recorded
# with it, so a process that the system later gave the same number is never taken for one of ours.

# A killed process that nobody has reaped yet (a container without an init) is dead for us.
is_alive() {
  kill -0 "$1" 2>/dev/null || return 1
  [ -r "/proc/$1/stat" ] || return 0
  local stat
  stat="$(cat "/proc/$1/stat" 2>/dev/null)" || return 1
  case "${stat##*) }" in
    Z* | X*) return 1 ;;
  esac
}

# start_time PID -> clock ticks after boot, which with the pid names one process.
start_time() {
  if [ -r "/proc/$1/stat" ]; then
    local stat
    stat="$(cat "/proc/$1/stat" 2>/dev/null)" || return 0
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    echo "${20}"
  else
    ps -o lstart= -p "$1" 2>/dev/null || true
  fi
}

record_pid() { # NAME PID
  printf '%s %s\n' "$2" "$(start_time "$2")" >"$RUN_DIR/$1.pid"
}

# live_pid_in FILE -> the pid that it records, if that very process is alive.
live_pid_in() {
  local pid started
  { read -r pid started <"$1"; } 2>/dev/null || return 1
  is_alive "$pid" || return 1
  [ "$started" = "$(start_time "$pid")" ] || return 1
  echo "$pid"
}

# pid_of NAME -> the pid, if that process of ours is alive.
pid_of() { live_pid_in "$RUN_DIR/$1.pid"; }

is_running() { pid_of "$1" >/dev/null; }

# launch NAME COMMAND...: in the background, in a session of its own (Ctrl-C must reach only the script), output to its log.
launch() {
  local name=$1
  shift
  local log="$LOG_DIR/$name.log"
  if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt 20000000 ]; then mv "$log" "$log.1"; fi
  if command -v setsid >/dev/null 2>&1; then
    setsid "$@" </dev/null >>"$log" 2>&1 &
  else
    (trap '' INT && exec "$@") </dev/null >>"$log" 2>&1 &
  fi
  record_pid "$name" $!
  now_ms >"$RUN_DIR/$name.started"
  disown $! 2>/dev/null || true
}

# start_group COMMAND...: in the background as a process group of its own, so that end_group reaches all that it starts.
GROUP_PID=
start_group() {
  set -m
  "$@" </dev/null &
  GROUP_PID=$!
  set +m
}

# run_group COMMAND...: the same, and waits; a signal to the script ends the wait at once.
run_group() {
  local status=0
  start_group "$@"
  wait "$GROUP_PID" || status=$?
  GROUP_PID=
  return "$status"
}

end_group() {
  [ -n "$GROUP_PID" ] || return 0
  kill -TERM -- "-$GROUP_PID" 2>/dev/null || true
  wait_until 20 is_gone "$GROUP_PID" || kill -KILL -- "-$GROUP_PID" 2>/dev/null || true
  GROUP_PID=
}

is_gone() { ! is_alive "$1"; }

# terminate NAME [SIGNAL [SECONDS]]: asks, waits, then insists.
terminate() {
  local name=$1 signal=${2:-TERM} seconds=${3:-20} pid
  if pid="$(pid_of "$name")"; then
    kill "-$signal" "$pid" 2>/dev/null || true
    if ! wait_until "$seconds" is_gone "$pid"; then
      warn "$name did not stop within $seconds s; killing it"
      kill -KILL "$pid" 2>/dev/null || true
      wait_until 5 is_gone "$pid" || warn "$name (pid $pid) is still there"
    fi
  fi
  rm -f "$RUN_DIR/$name.pid"
}

# port_holder PORT -> a few words on who listens, if the system lets us know.
port_holder() {
  local line
  if command -v ss >/dev/null 2>&1; then
    line="$(ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1, pid \2/p' | head -n 1)"
  elif command -v lsof >/dev/null 2>&1; then
    line="$(lsof -nP -iTCP:"$1" -sTCP:LISTEN 2>/dev/null | awk 'NR==2 {print $1 ", pid " $2}')"
  fi
  [ -z "${line:-}" ] || printf ' by %s' "$line"
}

# require_free_port NAME PORT SETTING: a clear word before anything is started.
require_free_port() {
  if is_listening "$2"; then
    TAKEN_PORTS+=("port $2, which $1 needs, is taken$(port_holder "$2"): free it, or set $3 to another port")
  fi
}

# log_tail NAME [LINES]: the end of a log, with the services' JSON lines in a form that a person reads.
log_tail() {
  printf '       the end of %s:\n' "$LOG_DIR/$1.log" >&2
  tail -n "${2:-15}" "$LOG_DIR/$1.log" 2>/dev/null |
    sed 's/^{"timestamp":"\([^"]*\)".*"level":"\([A-Z]*\)","message":"\(.*\)","threadName":.*/\1 \2 \3/; s/\\"/"/g' |
    cut -c1-400 | sed 's/^/       | /' >&2 || true
}
