# shellcheck shell=bash
# The broker: the RabbitMQ at WEIR_AMQP_URL if given; else a private RabbitMQ node if rabbitmq-server is installed;
# else the embedded Broker-J. What was chosen stands in BROKER_KIND (external, rabbitmq, embedded).

choose_broker() {
  AMQP_HOST=127.0.0.1 AMQP_PORT=$WEIR_BROKER_PORT AMQP_USERNAME=weir AMQP_PASSWORD=weir AMQP_VHOST=/
  if [ -n "$WEIR_AMQP_URL" ]; then
    BROKER_KIND=external
    parse_amqp_url "$WEIR_AMQP_URL"
    return 0
  fi
  case "$WEIR_BROKER" in
    auto) if find_rabbitmq; then BROKER_KIND=rabbitmq; else BROKER_KIND=embedded; fi ;;
    embedded) BROKER_KIND=embedded ;;
    rabbitmq)
      find_rabbitmq || die "WEIR_BROKER=rabbitmq, but rabbitmq-server is not installed (Debian: apt-get install rabbitmq-server)."
      BROKER_KIND=rabbitmq
      ;;
    *) die "WEIR_BROKER is '$WEIR_BROKER'; it can be auto, rabbitmq or embedded." ;;
  esac
  [ "$BROKER_KIND" = embedded ] || return 0

  AMQP_VHOST=weir
}

# amqp://user:password@host:port/vhost, with the defaults of the AMQP URI scheme.
parse_amqp_url() {
  local rest=${1#amqp://} address
  [ "$rest" != "$1" ] || die "WEIR_AMQP_URL must start with amqp:// (TLS is not supported by the local stack): $1"
  AMQP_USERNAME=guest AMQP_PASSWORD=guest AMQP_PORT=5672
  case "$rest" in
    *@*)
      AMQP_USERNAME="${rest%%@*}"
      rest="${rest#*@}"
      case "$AMQP_USERNAME" in *:*) AMQP_PASSWORD="${AMQP_USERNAME#*:}" ;; esac
      AMQP_USERNAME="${AMQP_USERNAME%%:*}"
      ;;
  esac
  address="${rest%%/*}"
  case "$rest" in */?*) AMQP_VHOST="${rest#*/}" ;; esac
  AMQP_HOST="${address%%:*}"
  case "$address" in *:*) AMQP_PORT="${address##*:}" ;; esac
  AMQP_USERNAME="$(url_decode "$AMQP_USERNAME")"
  AMQP_PASSWORD="$(url_decode "$AMQP_PASSWORD")"
  AMQP_VHOST="$(url_decode "$AMQP_VHOST")"
}
url_decode() {
  local text=${1//\\/\\\\}
  printf '%b' "${text//%/\\x}"
}

describe_broker() {
  case "$BROKER_KIND" in
    external) echo "RabbitMQ at $AMQP_HOST:$AMQP_PORT (WEIR_AMQP_URL)" ;;
    rabbitmq) echo "private RabbitMQ node (from the installed rabbitmq-server)" ;;
    embedded) echo "embedded Broker-J. For RabbitMQ install rabbitmq-server (Debian: apt-get install rabbitmq-server) or set WEIR_AMQP_URL" ;;
  esac
}

# Debian's wrappers in /usr/sbin switch user and folder, so the scripts behind them are used.
find_rabbitmq() {
  local script
  if [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then
    RABBITMQ_BIN=/usr/lib/rabbitmq/bin
  elif script="$(command -v rabbitmq-server)"; then
    RABBITMQ_BIN="$(dirname "$(readlink -f "$script" 2>/dev/null || echo "$script")")"
  else
    return 1
  fi
  command -v erl >/dev/null && command -v epmd >/dev/null
}

start_broker() {
  case "$BROKER_KIND" in
    external) is_reachable "$AMQP_HOST" "$AMQP_PORT" || die "nothing answers at $AMQP_HOST:$AMQP_PORT (WEIR_AMQP_URL)." ;;
    rabbitmq) start_rabbitmq ;;
    embedded) start_embedded_broker ;;
  esac
  note_broker_change
}
is_reachable() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# Messages that wait in one broker do not move to another; the services can ask their producers again.
note_broker_change() {
  local before
  before="$(cat "$DATA_DIR/broker.kind" 2>/dev/null || true)"
  if [ -n "$before" ] && [ "$before" != "$BROKER_KIND" ]; then
    warn "the broker changed from $before to $BROKER_KIND: messages that still waited in the old one stay there." \
      "If a figure is missing, ask for a replay: POST /v1/platform/replay on the service that lacks it (deploy/local/README.md)."
  fi
  echo "$BROKER_KIND" >"$DATA_DIR/broker.kind"
}

rabbitmq_environment() {
  local home="$DATA_DIR/rabbitmq"
  mkdir -p "$home"
  [ -f "$home/enabled_plugins" ] || echo '[].' >"$home/enabled_plugins"
  cat >"$home/rabbitmq.conf" <<CONF
listeners.tcp.default = 127.0.0.1:$WEIR_BROKER_PORT
default_user = $AMQP_USERNAME
default_pass = $AMQP_PASSWORD
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 200MB
log.console = true
log.console.level = info
log.file = false
CONF
  RABBITMQ_ENV=("HOME=$home" RABBITMQ_NODENAME=weir1@localhost RABBITMQ_CONF_ENV_FILE=/dev/null "RABBITMQ_MNESIA_BASE=$home/mnesia"
    "RABBITMQ_LOG_BASE=$home/log" "RABBITMQ_PID_FILE=$RUN_DIR/rabbitmq.own-pid" "RABBITMQ_ENABLED_PLUGINS_FILE=$home/enabled_plugins"
    "RABBITMQ_CONFIG_FILE=$home/rabbitmq" "RABBITMQ_ADVANCED_CONFIG_FILE=$home/advanced" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
    "RABBITMQ_NODE_PORT=$WEIR_BROKER_PORT" "RABBITMQ_DIST_PORT=$WEIR_BROKER_DIST_PORT" ERL_EPMD_ADDRESS=127.0.0.1
    "ERL_EPMD_PORT=$WEIR_EPMD_PORT" "ERL_CRASH_DUMP=$LOG_DIR/rabbitmq-crash.dump"
    "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"
    # Without this RabbitMQ's script stays in front of the Erlang machine; one process is easier to watch.
    RUNNING_UNDER_SYSTEMD=true)
}

start_rabbitmq() {
  rabbitmq_environment
  # epmd, Erlang's name server, would outlive the node: it is a process of the stack like any other.
  if ! is_running epmd; then
    launch epmd env "HOME=$DATA_DIR/rabbitmq" "$(command -v epmd)" -port "$WEIR_EPMD_PORT" -address 127.0.0.1
    wait_until 10 is_listening "$WEIR_EPMD_PORT" || { log_tail epmd; die "Erlang's epmd did not start on port $WEIR_EPMD_PORT."; }
  fi
  is_running broker || launch broker env "${RABBITMQ_ENV[@]}" "$RABBITMQ_BIN/rabbitmq-server"
}

start_embedded_broker() {
  ! is_running broker || return 0
  local home="$DATA_DIR/broker-j"
  [ -d "$(app_home broker)" ] || die "the embedded broker is not built yet: run deploy/local/up without --no-build."
  mkdir -p "$home"
  rm -f "$RUN_DIR/broker.ready"
  jvm_options broker
  aot_options broker "$(cat "$APPS_DIR/broker.sum")"
  launch broker "$JAVA" "${JVM_OPTIONS[@]}" -Xmx160m -XX:TieredStopAtLevel=1 "${AOT_OPTIONS[@]}" -jar "$(app_home broker)/broker.jar" \
    --port "$WEIR_BROKER_PORT" --data "$home" --username "$AMQP_USERNAME" --password "$AMQP_PASSWORD" --ready-file "$RUN_DIR/broker.ready"
}

broker_ready() {
  case "$BROKER_KIND" in
    external) is_reachable "$AMQP_HOST" "$AMQP_PORT" ;;
    rabbitmq) is_running broker && is_listening "$WEIR_BROKER_PORT" ;;
    embedded) is_running broker && [ -f "$RUN_DIR/broker.ready" ] ;;
  esac
}

stop_broker() {
  stop_service broker
  rm -f "$RUN_DIR/broker.ready" "$RUN_DIR/rabbitmq.own-pid"
  terminate epmd TERM 5
}
