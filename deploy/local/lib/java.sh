# shellcheck shell=bash
# Finds a JDK 25 and Maven. The default `java` may be older: Maven itself must run on 25, because .mvn/jvm.config
# holds options that an older JVM refuses before any rule of the build can explain.

java_major() { # HOME -> 25
  local version
  [ -x "$1/bin/javac" ] || return 1
  version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)"
  [ -n "$version" ] || version="$("$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')"
  echo "$version"
}

java_candidates() {
  printf '%s\n' "${WEIR_JAVA_HOME:-}" "${JAVA_HOME:-}" "${JAVA_HOME_25:-}" "${JAVA_HOME_25_X64:-}"
  local on_path
  if on_path="$(command -v java)"; then
    on_path="$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")"
    printf '%s\n' "${on_path%/bin/java}"
  fi
  printf '%s\n' /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk*25* /opt/java/* "$HOME"/.sdkman/candidates/java/25* \
    "$HOME"/.jdks/*25* /usr/local/*jdk*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home
}

find_java() {
  local home major
  while IFS= read -r home; do
    [ -n "$home" ] || continue
    major="$(java_major "$home")" || continue
    if [ "${major:-0}" -ge 25 ] 2>/dev/null; then
      export JAVA_HOME="$home"
      JAVA="$JAVA_HOME/bin/java"
      return 0
    fi
  done < <(java_candidates)
  die "no JDK 25 was found (the \`java\` on the path is $(java -version 2>&1 | head -n 1 || echo missing))." \
    "Install one, for example Eclipse Temurin 25 (https://adoptium.net), or, if you have one, say where:" \
    "JAVA_HOME=/path/to/jdk-25 $0"
}

find_maven() {
  local candidate
  for candidate in "${WEIR_MAVEN:-}" "$(command -v mvn || true)" "${MAVEN_HOME:-}/bin/mvn" "${M2_HOME:-}/bin/mvn" /opt/maven/bin/mvn; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      MAVEN="$candidate"
      return 0
    fi
  done
  die "Maven was not found (\`mvn\` is not on the path)." \
    "Install Maven 3.8.7 or newer (Debian: apt-get install maven; others: https://maven.apache.org), or set WEIR_MAVEN to its mvn."
}

# maven ARGUMENTS...: with little memory; its temporary files stay in the project.
maven() {
  [ -n "${MAVEN:-}" ] || find_maven
  MAVEN_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx1200m -XX:-UsePerfData -Djava.io.tmpdir=$(printf '%q' "$WEIR_DIR/tmp") ${MAVEN_OPTS:-}" \
    "$MAVEN" -B -Dquarkus.analytics.disabled=true "$@" </dev/null
}

maven_in_root() { cd "$WEIR_ROOT" && maven "$@"; }

# unpack_artifact COORDINATES FOLDER: through Maven, so that the user's mirrors, proxies and repository count.
unpack_artifact() {
  local log="$LOG_DIR/fetch.log"
  (cd "$WEIR_DIR/tmp" && maven -q "org.apache.maven.plugins:maven-dependency-plugin:$(pom_property maven-dependency.version):unpack" \
    "-Dartifact=$1" "-DoutputDirectory=$2" -Dmdep.useBaseVersion=true) >>"$log" 2>&1 ||
    die "Maven could not fetch $1." "$(grep -m 3 'ERROR' "$log" || true)" "The whole output is in $log"
}

copy_artifact() { # COORDINATES FOLDER
  local log="$LOG_DIR/fetch.log"
  (cd "$WEIR_DIR/tmp" && maven -q "org.apache.maven.plugins:maven-dependency-plugin:$(pom_property maven-dependency.version):copy" \
    "-Dartifact=$1" "-DoutputDirectory=$2") >>"$log" 2>&1 ||
    die "Maven could not fetch $1." "The whole output is in $log"
}

# Options of every JVM of the stack.
jvm_options() { # NAME -> JVM_OPTIONS
  JVM_OPTIONS=("-Dweir.stack=$WEIR_DIR" "-Djava.io.tmpdir=$WEIR_DIR/tmp" -XX:-UsePerfData -XX:+UseSerialGC -XX:MaxMetaspaceSize=192m
    -Xss512k -XX:ReservedCodeCacheSize=96m -Dfile.encoding=UTF-8 -Duser.timezone=UTC
    --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED "-XX:ErrorFile=$LOG_DIR/$1-crash.log" -XX:+ExitOnOutOfMemoryError)
}

# aot_options NAME SUM -> AOT_OPTIONS: the cache of exactly this build and JDK if there is one, else a recording of this run.
# The recording becomes the cache when the process ends in an orderly way (`down`, `restart`).
aot_options() {
  local jdk
  AOT_OPTIONS=()
  [ "$WEIR_AOT" = on ] || return 0
  jdk="$(sed -n 's/^IMPLEMENTOR_VERSION=//p; s/^JAVA_RUNTIME_VERSION=//p' "$JAVA_HOME/release" | "${SHA256[@]}" | cut -c1-8)"
  AOT_FILE="$AOT_DIR/$1-$2-$jdk.aot"
  if [ -f "$AOT_FILE" ]; then
    AOT_OPTIONS=("-XX:AOTCache=$AOT_FILE" -Xlog:aot=off -Xlog:cds=off)
  else
    find "$AOT_DIR" -name "$1-*" -type f -exec rm -f {} +
    AOT_OPTIONS=("-XX:AOTCacheOutput=$AOT_FILE" -Xlog:aot=error -Xlog:cds=error)
    : >"$RUN_DIR/$1.training"
  fi
}
