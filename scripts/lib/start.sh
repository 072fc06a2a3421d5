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
# Little is allocated once a model is loaded, so the young generation is small. Its survivor spaces hold the images that are on
# their way; otherwise they become old, and the heap grows until it is full. A class-data archive works only with the
# collector and alignment it was dumped with.
readonly JVM_OPTIONS=("${FAST_OPTIONS[@]}" -Xmn96m -XX:SurvivorRatio=2 -XX:TargetSurvivorRatio=90)

# For a server: it keeps its memory small, and its web server has native code. A pool of buffers would keep what a burst of
# large requests took.
readonly SERVICE_OPTIONS=(-Xmn40m -XX:MarkSweepDeadRatio=0 -XX:TrimNativeHeapInterval=1000
  -Dio.netty.allocator.type=unpooled --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

# For few images. The whole young generation counts as the process's memory, and few images need little of it. The kernels
# are compiled at their first calls, which come early (engine, EarlyCompilation), and callers wait for the compiler: until they are
# compiled, kernels are very slow. So early, the compiler doesn't know that what they call is called often, and has to be told to
# inline it.
SMALL_OPTIONS=(-Xmn16m -XX:SurvivorRatio=8 -Dglimpse.early.compilation=true -XX:CompileCommand=quiet
  '-XX:CompileCommand=inline,glimpse.engine.kernel.VectorMath::*')
for kernels in VectorGemm VectorKernels VectorWidening; do
  SMALL_OPTIONS+=("-XX:CompileCommand=CompileThresholdScaling,glimpse.engine.kernel.$kernels::*,0.001"
    "-XX:CompileCommand=BackgroundCompilation,glimpse.engine.kernel.$kernels::*,false")
done
unset kernels
readonly SMALL_OPTIONS

# shellcheck source=scripts/lib/small.sh
. "$ROOT/scripts/lib/small.sh"
# shellcheck source=scripts/lib/build.sh
. "$ROOT/scripts/lib/build.sh"

# start ARGUMENTS...: builds if needed and replaces this process with the program
start() {
  local folder options=("${JVM_OPTIONS[@]}")
  is_small "$@" && options+=("${SMALL_OPTIONS[@]}")
  case "$ROOT" in
    *:*) echo "$ROOT: Java can't run from a path with a colon; move the clone" >&2; exit 1 ;;
  esac
  pwd -P >/dev/null 2>&1 || { echo "the current folder doesn't exist any more; change to another" >&2; exit 1; }
  if needs_build; then
    with_build_lock build || exit 1
    read_current
  fi
  folder=$LAUNCH/$BUILD
  # a damaged or mismatched archive is ignored; -Xlog:disable keeps the JVM's warning about it off standard output
  [ -f "$folder/glimpse.jsa" ] && options+=("-XX:SharedArchiveFile=$folder/glimpse.jsa" -Xlog:disable)
  [ -t 2 ] && options+=("-Dglimpse.terminal.columns=$(columns)")
  [ "${PROGRAM:-}" = service ] && options+=("${SERVICE_OPTIONS[@]}")
  # shellcheck disable=SC2206 # several options, separated by spaces
  options+=(${GLIMPSE_JAVA_OPTIONS:-})
  set_locale
  exec "$JAVA_HOME/bin/java" "${options[@]}" -cp "$folder/glimpse.jar:$folder/lib/*" "$MAIN_CLASS" "$@"
}

# open_streams: a closed standard stream would become the next file that is opened. Standard output can't be written to, so
# that its loss is noticed.
open_streams() {
  { : 9>&2; } || exec 2>/dev/null # to another number: bash doesn't look at a stream that is sent to itself
  { : 9<&0; } 2>/dev/null || exec </dev/null
  { : 9>&1; } 2>/dev/null || exec 1</dev/null
}
open_streams

# set_locale: file names are bytes, and Java reads and writes them as it should only in a UTF-8 locale. The others would
# make rows depend on the locale.
set_locale() {
  local name
  for name in C.UTF-8 "${LC_ALL:-}" "${LC_CTYPE:-}" "${LANG:-}" en_US.UTF-8; do
    if is_utf8 "$name" 2>/dev/null; then
      export LC_ALL=$name
      return
    fi
  done
}

# is_utf8 LOCALE: whether there is such a locale and its characters are UTF-8
is_utf8() {
  local character=$'\303\251' LC_ALL=C
  [ -n "$1" ] || return 1
  LC_ALL=$1 # stays C where there is no such locale
  [ "${#character}" = 1 ]
}

columns() {
  local size
  size=$(stty size 2>/dev/null </dev/tty) && size=${size#* }
  case "$size" in
    '' | 0 | *[!0-9]*) size=80 ;;
  esac
  printf '%s' "$size"
}
