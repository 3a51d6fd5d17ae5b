# shellcheck shell=bash
# What a person (or, with --json, a program) learns about the stack.

# memory_of PID -> KiB. Shared pages count once (PSS) where the kernel tells, else resident size.
memory_of() {
  local kib
  kib="$(sed -n 's/^Pss: *\([0-9]*\) kB/\1/p' "/proc/$1/smaps_rollup" 2>/dev/null)"
  [ -n "$kib" ] || kib="$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$1/status" 2>/dev/null)"
  echo "${kib:-0}"
}

# component_memory NAME -> KiB, with the children of PostgreSQL and the broker.
component_memory() {
  local pid total child
  pid="$(pid_of "$1")" || { echo 0; return; }
  total="$(memory_of "$pid")"
  # shellcheck disable=SC2013
  for child in $(cat "/proc/$pid/task/"*/children 2>/dev/null); do total=$((total + $(memory_of "$child"))); done
  echo "$total"
}

print_status() {
  local name total=0 memory state=0
  printf '%-17s %-9s %8s %6s %8s  %s\n' SERVICE STATE PID PORT MEMORY URL
  for name in $(components); do
    memory="$(component_memory "$name")"
    total=$((total + memory))
    [ "$(component_state "$name")" = ready ] || state=1
    printf '%-17s %-9s %8s %6s %7sM  %s\n' "$name" "$(component_state "$name")" "$(pid_of "$name" || echo -)" \
      "$(component_port "$name")" $((memory / 1024)) "$(component_url "$name")"
  done
  printf '%-17s %-9s %8s %6s %7sM\n' total '' '' '' $((total / 1024))
  echo "broker: $(describe_broker)"
  echo "logs:   $LOG_DIR/<service>.log"
  return "$state"
}

json_text() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

print_status_json() {
  local name pid separator='' state=0 one
  printf '{"services":['
  for name in $(components); do
    pid="$(pid_of "$name" || echo null)"
    one="$(component_state "$name")"
    [ "$one" = ready ] || state=1
    printf '%s\n  {"name":"%s","state":"%s","pid":%s,"port":%s,"url":%s,"log":%s,"memoryKiB":%s}' "$separator" "$name" "$one" "$pid" \
      "$(component_port "$name")" "$(json_text "$(component_url "$name")")" "$(json_text "$LOG_DIR/$name.log")" "$(component_memory "$name")"
    separator=,
  done
  printf '],\n "gateway":"http://127.0.0.1:%s",\n "keycloak":"%s/realms/weir",\n' "$WEIR_GATEWAY_PORT" "$(keycloak_url)"
  printf ' "simulator":"http://127.0.0.1:%s",\n' "$WEIR_SIMULATOR_PORT"
  printf ' "broker":{"kind":"%s","host":%s,"port":%s,"username":%s,"password":%s,"virtualHost":%s},\n' "$BROKER_KIND" "$(json_text "$AMQP_HOST")" \
    "$AMQP_PORT" "$(json_text "$AMQP_USERNAME")" "$(json_text "$AMQP_PASSWORD")" "$(json_text "$AMQP_VHOST")"
  printf ' "postgres":{"host":"127.0.0.1","port":%s,"username":"postgres","password":"postgres"},\n' "$WEIR_POSTGRES_PORT"
  printf ' "folder":%s}\n' "$(json_text "$WEIR_DIR")"
  return "$state"
}

print_where_to_look() {
  local gateway="http://127.0.0.1:$WEIR_GATEWAY_PORT"
  cat <<TEXT

Weir is up.
  gateway           $gateway        (the API that everyone calls)
  billing pages     http://127.0.0.1:$WEIR_BILLING_PORT
  Stripe simulator  http://127.0.0.1:$WEIR_SIMULATOR_PORT
  Keycloak          $(keycloak_url)        (realm weir; console: admin / admin)
  broker            $(describe_broker)
  PostgreSQL        127.0.0.1:$WEIR_POSTGRES_PORT        (databases weir_*; superuser postgres / postgres)
  logs              $LOG_DIR/<service>.log

  users (password = name): catalog-admin, operator, product, finance, platform, and demo, who has every role

  a first call:
    TOKEN=\$(deploy/local/token demo)
    curl -s -H "Authorization: Bearer \$TOKEN" $gateway/v1/catalog

  deploy/local/status [--json]    deploy/local/restart SERVICE    deploy/local/down
TEXT
}
