# shellcheck shell=bash
# Keycloak from its own distribution, built once for PostgreSQL, with the realm of deploy/local/keycloak.

keycloak_version() { pom_property keycloak.version; }
keycloak_home() { echo "$TOOLS_DIR/keycloak-$(keycloak_version)"; }
KEYCLOAK_FEATURES_OFF=kerberos,ciba,device-flow,impersonation,organization,step-up-authentication,par

fetch_keycloak() {
  local home
  home="$(keycloak_home)"
  [ ! -f "$home/.complete" ] || return 0
  say "fetching and preparing Keycloak $(keycloak_version) (once; 157 MB)"
  rm -rf "$home" "$TOOLS_DIR/keycloak.unpacked"
  mkdir -p "$TOOLS_DIR/keycloak.unpacked"
  unpack_artifact "org.keycloak:keycloak-quarkus-dist:$(keycloak_version):zip" "$TOOLS_DIR/keycloak.unpacked"
  mv "$TOOLS_DIR/keycloak.unpacked/keycloak-$(keycloak_version)" "$home"
  rm -rf "$TOOLS_DIR/keycloak.unpacked"
  JAVA_OPTS="-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Djava.io.tmpdir=$WEIR_DIR/tmp --sun-misc-unsafe-memory-access=allow" \
    sh "$home/bin/kc.sh" build --db=postgres --health-enabled=true "--features-disabled=$KEYCLOAK_FEATURES_OFF" \
    </dev/null >>"$LOG_DIR/keycloak-build.log" 2>&1 || {
    log_tail keycloak-build
    die "Keycloak's build step failed."
  }
  keycloak_version >"$home/.complete"
}

start_keycloak() {
  ! is_running keycloak || return 0
  local home
  home="$(keycloak_home)"
  mkdir -p "$home/data/import"
  cp "$LOCAL_DIR/keycloak/weir-realm.json" "$home/data/import/weir-realm.json"
  jvm_options keycloak
  aot_options keycloak "$(keycloak_version)"
  # What bin/kc.sh would run, without the shell that it leaves in front.
  launch keycloak env KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=admin \
    "$JAVA" "${JVM_OPTIONS[@]}" -Xms64m -Xmx256m -XX:MaxMetaspaceSize=256m -XX:TieredStopAtLevel=1 "${AOT_OPTIONS[@]}" \
    -Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory \
    --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED --add-opens=java.base/java.security=ALL-UNNAMED \
    -Duser.language=en -Duser.country=US "-Dkc.home.dir=$home" "-Djboss.server.config.dir=$home/conf" \
    -Djava.util.logging.manager=org.jboss.logmanager.LogManager -Dpicocli.disable.closures=true -Dquarkus-log-max-startup-records=10000 \
    -cp "$home/lib/quarkus-run.jar" io.quarkus.bootstrap.runner.QuarkusEntryPoint \
    start --optimized --cache=local --import-realm --http-enabled=true --http-host=127.0.0.1 "--http-port=$WEIR_KEYCLOAK_PORT" \
    "--http-management-port=$WEIR_KEYCLOAK_MANAGEMENT_PORT" "--hostname=$(keycloak_url)" --hostname-strict=false \
    "--db-url=jdbc:postgresql://127.0.0.1:$WEIR_POSTGRES_PORT/weir_keycloak" --db-username=weir_keycloak_owner --db-password=weir_keycloak_owner \
    --db-pool-initial-size=1 --db-pool-min-size=1 --db-pool-max-size=10 --log-level=info,org.keycloak.events:warn
}

keycloak_ready() {
  is_running keycloak && [ "$(http_status "$WEIR_KEYCLOAK_MANAGEMENT_PORT" /health/ready)" = 200 ]
}

# token USER: the password of each demo user is its name.
token() {
  local answer
  answer="$(http "$WEIR_KEYCLOAK_PORT" POST /realms/weir/protocol/openid-connect/token \
    "grant_type=password&client_id=weir-cli&scope=openid&username=$1&password=$1")" ||
    die "Keycloak does not answer on port $WEIR_KEYCLOAK_PORT: is the stack up? (deploy/local/status)"
  if [[ $answer =~ \"access_token\":\"([^\"]+)\" ]]; then
    printf '%s\n' "${BASH_REMATCH[1]}"
  else
    die "Keycloak gave no token for '$1': ${answer##*$'\n'}"
  fi
}
