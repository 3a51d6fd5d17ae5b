# shellcheck shell=bash
# Every setting of the local stack, its default and what it means. Any of them can be set in the environment.
# While the stack runs, the other commands read what `up` used from .weir/run/settings.

SETTING_NAMES="WEIR_GATEWAY_PORT WEIR_CATALOG_PORT WEIR_ENTITLEMENT_PORT WEIR_LEDGER_PORT WEIR_METERING_PORT
WEIR_BILLING_PORT WEIR_SIMULATOR_PORT WEIR_KEYCLOAK_PORT WEIR_KEYCLOAK_MANAGEMENT_PORT WEIR_POSTGRES_PORT
WEIR_BROKER_PORT WEIR_BROKER_DIST_PORT WEIR_EPMD_PORT WEIR_AMQP_URL WEIR_BROKER WEIR_AOT WEIR_LOCAL_FAULTS"

load_settings() {
  local name value
  if [ -f "$RUN_DIR/settings" ]; then
    while IFS='=' read -r name value; do
      case " ${SETTING_NAMES//$'\n'/ } " in
        *" $name "*) [ -n "${!name+set}" ] || export "$name=$value" ;;
      esac
    done <"$RUN_DIR/settings"
  fi

  # Added to every default below; for a second stack on the same machine.
  local shift=${WEIR_PORT_SHIFT:-0}
  : "${WEIR_GATEWAY_PORT:=$((8080 + shift))}" # the API that everyone calls
  : "${WEIR_CATALOG_PORT:=$((8101 + shift))}" # the services behind it
  : "${WEIR_ENTITLEMENT_PORT:=$((8102 + shift))}"
  : "${WEIR_LEDGER_PORT:=$((8103 + shift))}"
  : "${WEIR_METERING_PORT:=$((8104 + shift))}"
  : "${WEIR_BILLING_PORT:=$((8105 + shift))}"
  : "${WEIR_SIMULATOR_PORT:=$((8110 + shift))}" # the Stripe simulator
  : "${WEIR_KEYCLOAK_PORT:=$((8180 + shift))}"
  : "${WEIR_KEYCLOAK_MANAGEMENT_PORT:=$((8190 + shift))}"
  : "${WEIR_POSTGRES_PORT:=$((15432 + shift))}"
  : "${WEIR_BROKER_PORT:=$((15672 + shift))}" # AMQP 0-9-1 of the broker that the stack starts itself
  : "${WEIR_BROKER_DIST_PORT:=$((15673 + shift))}" # a private RabbitMQ node also needs these two
  : "${WEIR_EPMD_PORT:=$((15674 + shift))}"
  : "${WEIR_AMQP_URL:=}"                     # amqp://user:password@host:port/vhost: use that RabbitMQ, start none
  : "${WEIR_BROKER:=auto}"                   # auto, rabbitmq or embedded
  : "${WEIR_AOT:=on}"                        # off: no start-up caches (slower start, quicker first stop)
  : "${WEIR_LOCAL_FAULTS:=true}"             # the demo's --inject switches; only the local stack has them
  : "${WEIR_START_TIMEOUT:=180}"             # seconds that one process may take to become ready
}

save_settings() {
  local name
  for name in $SETTING_NAMES; do printf '%s=%s\n' "$name" "${!name}"; done >"$RUN_DIR/settings"
}

# The services of the stack in the order in which they are started.
SERVICES="ledger gateway entitlement catalog metering billing-bridge stripe-simulator"

# describe_service NAME -> S_PORT S_PORT_SETTING S_SOURCES S_MODULE S_ARTIFACT S_DATABASE S_HEALTH S_JVM
describe_service() {
  S_DATABASE='' S_HEALTH=/q/health/ready
  # C1 only makes starting cheap; the hot paths (gateway, ledger, metering) get both compilers, and the gateway room for its cache.
  local lean='-Xmx160m -XX:TieredStopAtLevel=1' hot='-Xmx256m'
  case "$1" in
    gateway) service gateway gateway gateway/edge WEIR_GATEWAY_PORT '-Xmx384m' ;;
    catalog) service catalog catalog-service catalog-service/app WEIR_CATALOG_PORT "$lean" ;;
    entitlement) service entitlement entitlement-service entitlement-service/app WEIR_ENTITLEMENT_PORT "$lean" ;;
    ledger) service ledger ledger-service ledger-service/app WEIR_LEDGER_PORT "$hot" ;;
    metering) service metering metering-service metering-service/app WEIR_METERING_PORT "$hot" ;;
    billing-bridge) service billing billing-bridge billing-bridge/app WEIR_BILLING_PORT "$lean" ;;
    stripe-simulator)
      service '' billing-bridge/simulators billing-bridge/simulators WEIR_SIMULATOR_PORT '-Xmx64m -XX:TieredStopAtLevel=1'
      S_ARTIFACT=$S_MODULE/target/stripe-simulator.jar S_HEALTH=/_sim/health
      ;;
    *) return 1 ;;
  esac
}

service() { # DATABASE-SUFFIX SOURCES MODULE PORT-SETTING JVM
  [ -z "$1" ] || [ "$1" = gateway ] || S_DATABASE="weir_$1"
  S_SOURCES=$2 S_MODULE=$3 S_PORT_SETTING=$4 S_PORT=${!4} S_JVM=$5
  S_ARTIFACT=$S_MODULE/target/quarkus-app
}

DATABASES="weir_catalog weir_entitlement weir_ledger weir_metering weir_billing"
keycloak_url() { echo "http://127.0.0.1:$WEIR_KEYCLOAK_PORT"; }
