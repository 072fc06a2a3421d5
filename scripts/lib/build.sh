# shellcheck shell=bash
# Builds what the launcher starts if a source has changed. Sourced by start.sh with ROOT set.
#
# LAUNCH, target/launch/, holds one folder per build (jars, a class-data archive) and the file `current`: the latest build's folder and
# the checksum of the sources that it was made from. Times don't matter, so neither do clocks, nor which commit was checked out
# when. A build never touches the folder of a running process; the folders of older builds are deleted after the next one.

#
# Most commands need neither a web server nor its libraries, so there are two builds, each in its own folder: the program, and
# the program with the commands that need one. PROGRAM=service chooses the second; scripts/glimpse sets it.

readonly LOCKS=$ROOT/target/launch

# The modules of the program, the last of which Maven is told to build
if [ "${PROGRAM:-}" = service ]; then
  readonly LAUNCH=$ROOT/target/launch-service
  readonly MODULES=(engine weights-converter collab/core collab/page collab/evaluation collab/cli collab/service-proto
    collab/service collab/service-cli)
else
  readonly LAUNCH=$LOCKS
  readonly MODULES=(engine weights-converter collab/core collab/page collab/evaluation collab/cli)
fi

# find_sources ACTION...: runs find's ACTION on everything that the program is built from
find_sources() {
  (
    cd "$ROOT" || exit 1
    find pom.xml .mvn collab/pom.xml "${MODULES[@]/%//pom.xml}" "${MODULES[@]/%//src/main}" scripts/lib/*.sh -type f "$@"
  )
}

# sources_sum: prints a checksum of the names and contents of the sources
sources_sum() {
  find_sources -exec cksum {} + | LC_ALL=C sort | cksum
}

# sources_state: prints a checksum of what the file system knows about the sources, which differs after any change, and is
# had much faster; nothing where find can't tell
sources_state() {
  local state
  state=$(find_sources -printf '%p %s %i %C@\n' 2>/dev/null | LC_ALL=C sort) || return 0
  [ -z "$state" ] || cksum <<<"$state"
}

# read_current: sets BUILD and BUILT_FROM to the latest build's folder name and sources; fails where there is no build
read_current() {
  BUILD='' BUILT_FROM=''
  [ -f "$LAUNCH/current" ] || return 1
  { IFS= read -r BUILD && IFS= read -r BUILT_FROM; } <"$LAUNCH/current" || true
  [ -n "$BUILD" ] && [ -f "$LAUNCH/$BUILD/glimpse.jar" ]
}

# needs_build: whether the latest build was made from other sources
needs_build() {
  local state
  read_current || return 0
  state=$(sources_state)
  [ -z "$state" ] || [ "$state" != "$(cat "$LAUNCH/$BUILD/state" 2>/dev/null)" ] || return 1
  [ "$BUILT_FROM" = "$(sources_sum)" ] || return 0
  write_state "$state"
  return 1
}

# write_state STATE: keeps the state of the sources that the latest build was made from, if it can be written
write_state() {
  { printf '%s\n' "$1" >"$LAUNCH/$BUILD/state.$$" && mv -f "$LAUNCH/$BUILD/state.$$" "$LAUNCH/$BUILD/state"; } 2>/dev/null || true
}

# with_build_lock COMMAND...: one build at a time in this clone
with_build_lock() {
  if ! mkdir -p "$LAUNCH" "$LOCKS" 2>/dev/null || ! [ -w "$LAUNCH" ]; then
    if read_current; then
      echo "the sources have changed since the last build, and $LAUNCH can't be written; build where it can" >&2
    else
      echo "glimpse isn't built, and $LAUNCH can't be written; run this once where it can, or in a copy of $ROOT" >&2
    fi
    return 1
  fi
  with_lock "$LOCKS/lock" "waiting for another build of $ROOT" "$@"
}

# build: builds unless another process has just done so
build() {
  needs_build || return 0
  find_maven
  echo "building glimpse ..." >&2
  local id=$$-$RANDOM folder state sum module
  folder=$LAUNCH/$id
  state=$(sources_state)
  sum=$(sources_sum)
  remove_classes # Maven compares times
  module=${MODULES[${#MODULES[@]} - 1]}
  rm -rf "$ROOT/$module/target/lib"
  maven -q -pl "$module" -am package -Dmaven.test.skip=true -Dspotless.check.skip=true -Djavac.checks=-parameters >&2 || {
    echo "the build failed" >&2
    return 1
  }
  if ! { mkdir -p "$folder" && cp "$ROOT/collab/cli/target/glimpse.jar" "$folder/" \
    && cp -R "$ROOT/$module/target/lib" "$folder/lib" \
    && { [ "$module" = collab/cli ] || cp "$ROOT/$module"/target/*.jar "$folder/lib/"; }; }; then
    rm -rf "$folder"
    echo "cannot write to $folder" >&2
    return 1
  fi
  remove_classes # so that scripts/test checks them
  archive_classes "$folder" "$JAVA_HOME/bin/java" "$folder/glimpse.jar:$folder/lib/*" || true
  printf '%s\n' "$id" "$sum" >"$LAUNCH/next" && mv -f "$LAUNCH/next" "$LAUNCH/current" || return 1
  BUILD=$id
  write_state "$state"
  remove_old_builds "$id"
}

remove_classes() {
  local module
  for module in "${MODULES[@]}"; do
    rm -rf "$ROOT/$module/target/classes" "$ROOT/$module/target/maven-status/maven-compiler-plugin/compile" "$ROOT/$module/target"/*.jar
  done
}

# archive_classes FOLDER JAVA CLASSPATH: dumps a class-data archive FOLDER/glimpse.jsa of the classes that a small run loads,
# and a server if there is one, which makes the program start faster. The program runs without it as well.
archive_classes() {
  local folder=$1 resources=$ROOT/weights-converter/src/test/resources/glimpse/convert
  local image=$ROOT/engine/src/test/resources/glimpse/engine/image/decode/420.jpg
  local run=("$2" "${JVM_OPTIONS[@]}" -cp "$3")
  {
    "${run[@]}" "$MAIN_CLASS" convert "$resources/timm-plain/model.safetensors" --heads 3 --out "$folder/small" \
      && "${run[@]}" "-XX:DumpLoadedClassList=$folder/classes" "$MAIN_CLASS" classify --model "$folder/small" "$image" \
      && { [ "${PROGRAM:-}" != service ] || list_served "$folder" "$image" "${run[@]}" || true; } \
      && "${run[@]}" -Xshare:dump "-XX:SharedClassListFile=$folder/classes" "-XX:SharedArchiveFile=$folder/partial.jsa" \
      && mv "$folder/partial.jsa" "$folder/glimpse.jsa"
  } >/dev/null 2>&1 || true
  rm -f "$folder/small" "$folder/classes" "$folder/partial.jsa" "$folder/served" "$folder/ready"
  [ -f "$folder/glimpse.jsa" ]
}

# list_served FOLDER IMAGE JAVA...: adds what a server loads that is sent an image to FOLDER/classes
list_served() (
  folder=$1 image=$2 tries=0
  shift 2
  "$@" "${SERVICE_OPTIONS[@]}" "-XX:DumpLoadedClassList=$folder/served" "$MAIN_CLASS" serve --name "small=$folder/small" --port 0 \
    2>"$folder/ready" &
  server=$!
  trap 'kill "$server" 2>/dev/null' EXIT # also when the build is interrupted
  until grep -q 'ready at' "$folder/ready"; do
    tries=$((tries + 1))
    [ "$tries" -lt 150 ] && kill -0 "$server" && sleep 0.2 || exit 1
  done
  "$@" "$MAIN_CLASS" edge --model "$folder/small" --server "$(sed -n 's/.*ready at \([^ ]*\).*/\1/p' "$folder/ready")" \
    --server-model small --gate always "$image" || exit 1
  kill "$server"
  wait "$server" # the list is complete once it has ended
  trap - EXIT
  # classes are numbered anew in each run, and those that belong to no class path can't do without
  sed -e '/ source: /d' -e 's/ id: [0-9]*$//' "$folder/classes" "$folder/served" | awk '!seen[$0]++' >"$folder/ready" \
    && mv "$folder/ready" "$folder/classes"
)

# remove_old_builds ID: deletes all builds but this one and those of the last hour, which may still be starting
remove_old_builds() {
  local folder
  find "$LAUNCH" -mindepth 1 -maxdepth 1 -type d ! -name "$1" -mmin +60 -print | while IFS= read -r folder; do
    rm -rf "$folder"
  done
}
