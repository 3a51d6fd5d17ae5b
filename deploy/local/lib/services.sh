# shellcheck shell=bash
# Starts, watches and stops the services and the simulator.

export_service_environment() {
  export WEIR_AMQP_HOST=$AMQP_HOST WEIR_AMQP_PORT=$AMQP_PORT WEIR_AMQP_USERNAME=$AMQP_USERNAME WEIR_AMQP_PASSWORD=$AMQP_PASSWORD
  export WEIR_AMQP_VIRTUAL_HOST=$AMQP_VHOST WEIR_LOCAL_FAULTS
  WEIR_OIDC_URL="$(keycloak_url)/realms/weir"
  export WEIR_OIDC_URL
  export WEIR_CATALOG_URL="http://127.0.0.1:$WEIR_CATALOG_PORT" WEIR_ENTITLEMENT_URL="http://127.0.0.1:$WEIR_ENTITLEMENT_PORT"
  export WEIR_LEDGER_URL="http://127.0.0.1:$WEIR_LEDGER_PORT" WEIR_METERING_URL="http://127.0.0.1:$WEIR_METERING_PORT"
  export WEIR_BILLING_URL="http://127.0.0.1:$WEIR_BILLING_PORT"
  export WEIR_STRIPE_API_BASE="http://127.0.0.1:$WEIR_SIMULATOR_PORT" WEIR_STRIPE_API_KEY=sk_test_weir_local
  # On a developer's machine anyone may look at the pricing table.
  export WEIR_PRICING_TABLE_OPEN=true
  export WEIR_STRIPE_WEBHOOK_SECRETS=whsec_weir_local
  # Loopback only, whatever a service's own configuration says.
  export WEIR_HOST=127.0.0.1 QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_MANAGEMENT_HOST=127.0.0.1
  # Connections that a burst opened are closed soon after it: each is a process of PostgreSQL.
  export QUARKUS_DATASOURCE_JDBC_IDLE_REMOVAL_INTERVAL=PT30S
  # The waiting script asks often; each "not yet" need not be logged.
  export QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL=WARN
}

start_service() { # NAME
  local name=$1 home environment=() run=(-jar)
  ! is_running "$name" || return 0
  describe_service "$name"
  home="$(app_home "$name")"
  [ -d "$home" ] || die "$name is not built yet: run deploy/local/up without --no-build."
  if [ "$name" = stripe-simulator ]; then
    mkdir -p "$DATA_DIR/stripe-simulator"
    environment=("SIMULATOR_PORT=$S_PORT" "SIMULATOR_DATA=$DATA_DIR/stripe-simulator"
      "SIMULATOR_WEBHOOK_URL=http://127.0.0.1:$WEIR_BILLING_PORT/webhooks/stripe" SIMULATOR_WEBHOOK_SECRET=whsec_weir_local)
    run+=("$home/stripe-simulator.jar")
  else
    environment=("WEIR_PORT=$S_PORT")
    run+=("$home/quarkus-run.jar")
  fi
  if [ -n "$S_DATABASE" ]; then
    environment+=("WEIR_DB_URL=jdbc:postgresql://127.0.0.1:$WEIR_POSTGRES_PORT/$S_DATABASE"
      "WEIR_DB_USERNAME=$S_DATABASE" "WEIR_DB_PASSWORD=$S_DATABASE"
      "WEIR_DB_OWNER=${S_DATABASE}_owner" "WEIR_DB_OWNER_PASSWORD=${S_DATABASE}_owner")
  fi
  jvm_options "$name"
  aot_options "$name" "$(cat "$APPS_DIR/$name.sum")"
  cp "$APPS_DIR/$name.sum" "$RUN_DIR/$name.running"
  # shellcheck disable=SC2086
  launch "$name" env "${environment[@]}" "$JAVA" "${JVM_OPTIONS[@]}" $S_JVM "${AOT_OPTIONS[@]}" "${run[@]}"
}

service_ready() { # NAME
  describe_service "$1"
  is_running "$1" && [ "$(http_status "$S_PORT" "$S_HEALTH")" = 200 ]
}

# is_outdated NAME: runs an older build than the one that stands in .weir/apps.
is_outdated() {
  is_running "$1" && [ "$(cat "$RUN_DIR/$1.running" 2>/dev/null)" != "$(cat "$APPS_DIR/$1.sum" 2>/dev/null)" ]
}

component_ready() {
  case "$1" in
    postgres) postgres_ready ;;
    broker) broker_ready ;;
    keycloak) keycloak_ready ;;
    *) service_ready "$1" ;;
  esac
}

# wait_for NAME...: all at the same time; says each as it becomes ready, and names what failed.
wait_for() {
  local waiting=("$@") left name started
  started="$(now_ms)"
  while [ ${#waiting[@]} -gt 0 ]; do
    left=()
    for name in "${waiting[@]}"; do
      if component_ready "$name"; then
        say "  ready  $(printf '%-17s' "$name") $(component_url "$name")  $(start_duration "$name" "$started")"
      elif ! is_running "$name"; then
        clear_progress
        log_tail "$name"
        die "$name ended while it was starting."
      else
        left+=("$name")
      fi
    done
    waiting=(${left[@]+"${left[@]}"})
    [ ${#waiting[@]} -gt 0 ] || break
    if [ $(($(now_ms) - started)) -gt $((WEIR_START_TIMEOUT * 1000)) ]; then
      for name in "${waiting[@]}"; do say_why_not_ready "$name"; done
      die "not ready after $WEIR_START_TIMEOUT s: ${waiting[*]}" "(WEIR_START_TIMEOUT allows more; logs are in .weir/log)"
    fi
    progress "  waiting for ${waiting[*]} ($(seconds_since "$started") s)"
    sleep 0.2
  done
  clear_progress
}

# say_why_not_ready NAME: the failed checks if it answers, else the end of its log.
say_why_not_ready() {
  local answer=''
  if describe_service "$1"; then answer="$(http "$S_PORT" GET "$S_HEALTH" || true)"; fi
  if [ -n "$answer" ]; then
    printf '%s says about itself: %s\n' "$1" "$answer" | cut -c1-2000 >&2
  else
    log_tail "$1"
  fi
}

# start_duration NAME -> how long its start took, if this command started it.
start_duration() {
  local at
  at="$(cat "$RUN_DIR/$1.started" 2>/dev/null || echo 0)"
  if [ "$at" -ge "$COMMAND_STARTED" ]; then echo "($(seconds_since "$at") s)"; else echo "(was running)"; fi
}

component_url() {
  case "$1" in
    postgres) echo "postgresql://127.0.0.1:$WEIR_POSTGRES_PORT" ;;
    broker) echo "amqp://$AMQP_HOST:$AMQP_PORT" ;;
    keycloak) keycloak_url ;;
    *)
      describe_service "$1"
      echo "http://127.0.0.1:$S_PORT"
      ;;
  esac
}

# stop_service NAME: a process that records its start (its first run) writes the start-up cache when it ends, which takes
# half a minute, unless the mark discard-training says that nobody wants to wait for it.
stop_service() {
  local name=$1 pid
  if [ -f "$RUN_DIR/$name.training" ] && pid="$(pid_of "$name")"; then
    kill -TERM "$pid" 2>/dev/null || true
    wait_until 20 is_stopped "$name" "$pid" || true
    wait_until 180 is_trained "$pid" || true
    if is_alive "$pid"; then
      # shellcheck disable=SC2046
      kill -KILL "$pid" $(cat "/proc/$pid/task/"*/children 2>/dev/null) 2>/dev/null || true
      find "$AOT_DIR" -name "$name-*" -type f -exec rm -f {} +
    fi
  fi
  terminate "$name" TERM 20
  rm -f "$RUN_DIR/$name.training" "$RUN_DIR/$name.running" "$RUN_DIR/$name.started"
}
is_stopped() { is_gone "$2" || ! is_listening "$(component_port "$1")"; }
is_trained() { is_gone "$1" || [ -f "$RUN_DIR/discard-training" ]; }
discard_training() { : >"$RUN_DIR/discard-training"; }

# In pairs, because writing a start-up cache takes a core and some memory for half a minute.
stop_all_services() {
  local name pair=() training=''
  for name in $SERVICES keycloak; do
    if [ ! -f "$RUN_DIR/discard-training" ] && [ -f "$RUN_DIR/$name.training" ] && is_running "$name"; then training=1; fi
  done
  [ -z "$training" ] || say "after its first run, each service writes a start-up cache, which makes every later start quick (1-2 minutes in all)"
  for name in gateway billing-bridge metering ledger entitlement catalog stripe-simulator keycloak; do
    stop_service "$name" &
    pair+=($!)
    if [ ${#pair[@]} = 2 ]; then
      wait "${pair[@]}" || true
      pair=()
    fi
  done
  wait ${pair[@]+"${pair[@]}"} || true
}
