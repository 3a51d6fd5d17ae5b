# shellcheck shell=bash
# The stack as a whole: which parts there are, their state, start and stop.

LIB="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
for part in common process settings java build postgres broker keycloak services report; do
  # shellcheck source=/dev/null
  . "$LIB/$part.sh"
done
unset part

# components: what this stack starts, in order.
components() {
  echo postgres
  [ "$BROKER_KIND" = external ] || echo broker
  echo keycloak
  local name
  for name in $SERVICES; do
    describe_service "$name"
    if is_written "$S_MODULE" || [ -f "$APPS_DIR/$name.sum" ]; then echo "$name"; fi
  done
}

component_port() {
  case "$1" in
    postgres) echo "$WEIR_POSTGRES_PORT" ;;
    broker) echo "$AMQP_PORT" ;;
    keycloak) echo "$WEIR_KEYCLOAK_PORT" ;;
    *)
      describe_service "$1"
      echo "$S_PORT"
      ;;
  esac
}

# component_state NAME -> ready, starting (its process runs), failed (it ran, and ended by itself), down
component_state() {
  if is_running "$1"; then
    if component_ready "$1"; then echo ready; else echo starting; fi
  elif [ -f "$RUN_DIR/$1.pid" ]; then
    echo failed
  else
    echo down
  fi
}

any_running() {
  local name
  for name in $(components) epmd; do
    if is_running "$name"; then return 0; fi
  done
  return 1
}

# check_ports: all taken ports at once, before anything starts.
check_ports() {
  local name
  TAKEN_PORTS=()
  is_running postgres || require_free_port PostgreSQL "$WEIR_POSTGRES_PORT" WEIR_POSTGRES_PORT
  if ! is_running broker && [ "$BROKER_KIND" != external ]; then
    require_free_port "the broker" "$WEIR_BROKER_PORT" WEIR_BROKER_PORT
    if [ "$BROKER_KIND" = rabbitmq ]; then
      require_free_port "RabbitMQ's distribution" "$WEIR_BROKER_DIST_PORT" WEIR_BROKER_DIST_PORT
      is_running epmd || require_free_port "Erlang's epmd" "$WEIR_EPMD_PORT" WEIR_EPMD_PORT
    fi
  fi
  if ! is_running keycloak; then
    require_free_port Keycloak "$WEIR_KEYCLOAK_PORT" WEIR_KEYCLOAK_PORT
    require_free_port "Keycloak's management" "$WEIR_KEYCLOAK_MANAGEMENT_PORT" WEIR_KEYCLOAK_MANAGEMENT_PORT
  fi
  for name in $(components); do
    case "$name" in postgres | broker | keycloak) continue ;; esac
    describe_service "$name"
    is_running "$name" || require_free_port "$name" "$S_PORT" "$S_PORT_SETTING"
  done
  [ ${#TAKEN_PORTS[@]} -eq 0 ] || die "${TAKEN_PORTS[@]}"
}

# Two cores are soon busy: the database first, then broker and Keycloak side by side, and as soon as the broker is there
# the services, which need Keycloak only for the first request.
start_everything() {
  local name services=()
  start_postgres
  start_broker
  start_keycloak
  if [ "$BROKER_KIND" = external ]; then wait_for postgres; else wait_for postgres broker; fi
  for name in $(components); do
    case "$name" in postgres | broker | keycloak) continue ;; esac
    start_service "$name"
    services+=("$name")
    sleep 0.2
  done
  wait_for keycloak ${services[@]+"${services[@]}"}
}

stop_everything() {
  stop_all_services
  stop_broker
  stop_postgres
  rm -f "$RUN_DIR/settings" "$RUN_DIR/discard-training"
}

start_component() {
  case "$1" in
    postgres) start_postgres ;;
    broker) start_broker ;;
    keycloak) start_keycloak ;;
    *) start_service "$1" ;;
  esac
}

stop_component() {
  case "$1" in
    postgres) stop_postgres ;;
    broker) stop_broker ;;
    *)
      stop_service "$1"
      ;;
  esac
}

# component_running_state NAME -> running, failed, down: without asking it anything.
component_running_state() {
  if is_running "$1"; then
    echo running
  elif [ -f "$RUN_DIR/$1.pid" ]; then
    echo failed
  else
    echo down
  fi
}

COMMAND_STARTED="$(now_ms)"
