# shellcheck shell=bash
# Common to all scripts: finding a JDK and Maven, building, starting the program. Sourced with ROOT set; bash 3.2 is enough.

# shellcheck source=scripts/lib/lock.sh
. "$ROOT/scripts/lib/lock.sh"
# shellcheck source=scripts/lib/fetch.sh
. "$ROOT/scripts/lib/fetch.sh"
# shellcheck source=scripts/lib/jdk.sh
. "$ROOT/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/maven.sh
. "$ROOT/scripts/lib/maven.sh"

readonly MAIN_CLASS=glimpse.cli.Main
# Little is allocated once a model is loaded, so the young generation is small. A class-data archive works only with the
# collector and alignment it was dumped with.
readonly JVM_OPTIONS=("${FAST_OPTIONS[@]}" -Xmn64m)

# shellcheck source=scripts/lib/build.sh
. "$ROOT/scripts/lib/build.sh"

# start ARGUMENTS...: builds if needed and replaces this process with the program
start() {
  local id folder options=("${JVM_OPTIONS[@]}")
  needs_build && with_build_lock build
  IFS= read -r id <"$LAUNCH/current"
  folder=$LAUNCH/$id
  # a damaged or mismatched archive is ignored; -Xlog:disable keeps the JVM's warning about it off standard output
  [ -f "$folder/glimpse.jsa" ] && options+=("-XX:SharedArchiveFile=$folder/glimpse.jsa" -Xlog:disable)
  [ -t 2 ] && options+=("-Dglimpse.terminal.columns=$(columns)")
  # shellcheck disable=SC2206 # several options, separated by spaces
  options+=(${GLIMPSE_JAVA_OPTIONS:-})
  exec "$JAVA_HOME/bin/java" "${options[@]}" -cp "$folder/glimpse.jar:$folder/lib/*" "$MAIN_CLASS" "$@"
}

columns() {
  local size
  size=$(stty size 2>/dev/null </dev/tty) && size=${size#* }
  case "$size" in
    '' | 0 | *[!0-9]*) size=80 ;;
  esac
  printf '%s' "$size"
}
