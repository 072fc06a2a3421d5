# shellcheck shell=bash
# What every script begins with: ROOT, a JDK, and how to start the program. Sourced with ROOT set.

# shellcheck source=scripts/lib/jdk.sh
. "$ROOT/scripts/lib/jdk.sh"

readonly MAIN_CLASS=glimpse.cli.Main
# A small young generation: little is allocated once a model is loaded. The archive's collector and alignment must be the same.
readonly JVM_OPTIONS=("${FAST_OPTIONS[@]}" -Xmn64m)

# shellcheck source=scripts/lib/build.sh
. "$ROOT/scripts/lib/build.sh"

# start ARGUMENTS...: builds if need be and becomes the program
start() {
  local id folder options=("${JVM_OPTIONS[@]}")
  needs_build && with_build_lock build
  IFS= read -r id <"$LAUNCH/current"
  folder=$LAUNCH/$id
  # a broken or foreign archive is ignored; without -Xlog:disable the virtual machine would complain on standard output
  [ -f "$folder/glimpse.jsa" ] && options+=("-XX:SharedArchiveFile=$folder/glimpse.jsa" -Xlog:disable)
  [ -t 2 ] && options+=("-Dglimpse.terminal.columns=$(columns)")
  # shellcheck disable=SC2206 # several options, parted at spaces
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
