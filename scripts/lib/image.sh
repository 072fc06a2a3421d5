# shellcheck shell=bash
# Makes a folder with the program and a Java runtime of its own (jlink). Sourced after start.sh; bash 3.2 is enough.

# What the program and its libraries use; without jdk.localedata, most tools and all documentation
readonly IMAGE_MODULES=java.desktop,java.logging,java.management,java.naming,java.net.http,java.xml,jdk.crypto.cryptoki,jdk.httpserver,jdk.incubator.vector,jdk.management,jdk.unsupported

# make_image FOLDER: makes FOLDER/bin/glimpse, FOLDER/lib and FOLDER/runtime. FOLDER doesn't exist; it can be moved later.
make_image() {
  local folder jar paths='' jars=''
  if needs_build; then
    with_build_lock build || return 1
    read_current
  fi
  mkdir -p "$1" || return 1
  folder=$(cd "$1" && pwd -P)
  mkdir "$folder/bin" "$folder/lib" || return 1
  cp -R "$LAUNCH/$BUILD/glimpse.jar" "$LAUNCH/$BUILD/lib/." "$folder/lib/" || return 1
  echo "linking a Java runtime ..." >&2
  "$JAVA_HOME/bin/jlink" --add-modules "$IMAGE_MODULES" --strip-debug --no-header-files --no-man-pages --compress zip-6 \
    --output "$folder/runtime" || return 1
  # named one by one: the archive is good for this order alone, and a copy of a folder may have another
  for jar in "$folder"/lib/*.jar; do
    paths=$paths:$jar
    jars="$jars:\$home/lib/${jar##*/}"
  done
  write_launcher "$folder/bin/glimpse" "${jars#:}"
  echo "archiving its classes ..." >&2
  archive_classes "$folder" "$folder/runtime/bin/java" "${paths#:}" || echo "without an archive, it starts more slowly" >&2
}

# write_launcher FILE CLASSPATH: writes the script that starts the program
write_launcher() {
  local file=$1 jars=$2
  {
    cat <<'LAUNCHER'
#!/bin/sh
# Starts glimpse. GLIMPSE_JAVA_OPTIONS adds options for the JVM.
case "$0" in */*) file=$0 ;; *) file=./$0 ;; esac
while [ -L "$file" ]; do # it may be called through links
  target=$(readlink -- "$file")
  case "$target" in /*) file=$target ;; *) file=${file%/*}/$target ;; esac
done
home=$(CDPATH='' cd -- "${file%/*}/.." && pwd -P) || exit 1
case "$home" in
  *:*) echo "$home: Java can't run from a path with a colon; move the folder" >&2; exit 1 ;;
esac
# file names are bytes, and Java reads and writes them as it should only in a UTF-8 locale
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *.UTF-8 | *.utf8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

LAUNCHER
    sed -n '/^# is_small/,/^}/p' "$ROOT/scripts/lib/small.sh"
    # shellcheck disable=SC2016 # the launcher expands these
    printf '\nmore=\n[ "${1:-}" = serve ] && more="%s"\n' "${SERVICE_OPTIONS[*]}"
    printf 'is_small "$@" && more="%s"\n' "${SMALL_OPTIONS[*]}"
    cat <<'LAUNCHER'
set -f # options are separated by spaces and hold asterisks
# a damaged or mismatched archive is ignored; -Xlog:disable keeps the JVM's warning about it off standard output
LAUNCHER
    # shellcheck disable=SC2016
    printf 'exec "$home/runtime/bin/java" %s \\\n' "${JVM_OPTIONS[*]}"
    # shellcheck disable=SC2016
    printf '  -XX:SharedArchiveFile="$home/glimpse.jsa" -Xlog:disable $more ${GLIMPSE_JAVA_OPTIONS:-} \\\n'
    printf '  -cp "%s" %s "$@"\n' "$jars" "$MAIN_CLASS"
  } >"$file"
  chmod +x "$file"
}
