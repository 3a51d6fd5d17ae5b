# shellcheck shell=bash
# Builds what changed, and copies each finished program into .weir/apps, from where it runs: so a build, a test run or a
# branch switch never pulls a jar from under a running process, and a start-up cache stays valid until the program changes.

# What a service is built from besides its own folder.
SHARED_SOURCES="pom.xml .mvn platform"

source_sum() { # FOLDER -> hash of what decides its program
  (
    cd "$WEIR_ROOT" || exit 1
    # shellcheck disable=SC2086
    find $SHARED_SOURCES ./*/pom.xml ./*/contract "$1" -type f ! -path '*/target/*' ! -path '*/src/test/*' ! -name '*.md' ! -path '*/src/main/openapi/*' ! -name dependency-reduced-pom.xml 2>/dev/null | sum_of_listed_files
  )
}

# is_written MODULE: does it make a program yet? (A module can be a library first, and packaged later.)
is_written() { [ -d "$WEIR_ROOT/$1/src/main/java" ] && grep -qE 'quarkus-maven-plugin|maven-shade-plugin' "$WEIR_ROOT/$1/pom.xml"; }

app_home() { echo "$APPS_DIR/$1-$(cat "$APPS_DIR/$1.sum" 2>/dev/null)"; }

# The programs that this stack runs: services, and the embedded broker if it is the one.
programs() {
  local name
  for name in $SERVICES; do
    describe_service "$name"
    if is_written "$S_MODULE"; then echo "$name"; fi
  done
  if [ "$BROKER_KIND" = embedded ]; then echo broker; fi
}

describe_program() {
  if [ "$1" = broker ]; then
    S_SOURCES=deploy/local/broker S_MODULE=deploy/local/broker S_ARTIFACT=deploy/local/broker/target/broker
  else
    describe_service "$1"
  fi
}

build_changed() {
  local name sum changed=() modules='' started
  started="$(now_ms)"
  for name in $(programs); do
    describe_program "$name"
    sum="$(source_sum "$S_SOURCES")"
    if [ "$sum" != "$(cat "$APPS_DIR/$name.sources" 2>/dev/null)" ] || [ ! -d "$(app_home "$name")" ]; then
      changed+=("$name=$sum")
      modules="$modules${modules:+,}$S_MODULE"
    fi
  done
  [ ${#changed[@]} -gt 0 ] || return 0
  find_maven
  say "building ${changed[*]%%=*} (log: .weir/log/build.log)"
  run_build "$modules"
  for name in "${changed[@]}"; do
    stage_program "${name%%=*}"
    echo "${name#*=}" >"$APPS_DIR/${name%%=*}.sources"
  done
  say "built in $(seconds_since "$started") s"
}

run_build() { # MODULES
  start_group maven_in_root -T1 -Dquick -Dmaven.test.skip=true -Dstyle.color=never -Dquarkus.package.jar.type=aot-jar -pl "$1" -am package \
    >"$LOG_DIR/build.log" 2>&1
  while ! is_gone "$GROUP_PID"; do
    progress "  $(grep -a 'Building .* \[[0-9]' "$LOG_DIR/build.log" | tail -n 1 | sed 's/.*Building //' | tr -s ' ' || true)"
    sleep 0.5
  done
  clear_progress
  if ! wait "$GROUP_PID"; then
    GROUP_PID=
    grep -a -m 15 '^\[ERROR\]' "$LOG_DIR/build.log" >&2 || tail -n 15 "$LOG_DIR/build.log" >&2
    die "the build failed; its whole output is in $LOG_DIR/build.log"
  fi
  GROUP_PID=
}

stage_program() { # NAME
  local name=$1 sum folder
  describe_program "$name"
  [ -e "$WEIR_ROOT/$S_ARTIFACT" ] || die "the build did not make $S_ARTIFACT."
  sum="$(cd "$(dirname "$WEIR_ROOT/$S_ARTIFACT")" && content_sum "${S_ARTIFACT##*/}")"
  folder="$APPS_DIR/$name-$sum"
  if [ ! -d "$folder" ]; then
    rm -rf "$folder.part"
    mkdir -p "$folder.part"
    if [ -d "$WEIR_ROOT/$S_ARTIFACT" ]; then
      cp -Rp "$WEIR_ROOT/$S_ARTIFACT/." "$folder.part/"
    else
      cp -p "$WEIR_ROOT/$S_ARTIFACT" "$folder.part/"
    fi
    mv "$folder.part" "$folder"
  fi
  echo "$sum" >"$APPS_DIR/$name.sum"
}

# Copies of earlier builds that nothing runs any more.
remove_old_programs() {
  local folder name
  for folder in "$APPS_DIR"/*-????????????????; do
    [ -d "$folder" ] || continue
    name="${folder##*/}"
    name="${name%-*}"
    case "$folder" in
      "$(app_home "$name")" | "$APPS_DIR/$name-$(cat "$RUN_DIR/$name.running" 2>/dev/null)") ;;
      *) rm -rf "$folder" ;;
    esac
  done
}
