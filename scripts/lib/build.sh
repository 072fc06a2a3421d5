# shellcheck shell=bash
# Builds what the launcher starts, when something changed. Sourced after jdk.sh with ROOT set.
#
# target/launch/ holds one folder for each build (jars, a class-data archive), and `current`, which names the latest and
# is as old as the beginning of its build: whatever is newer makes it stale. A build never touches a folder that a running
# process uses; folders of older builds go when the next one is done.

readonly LAUNCH=$ROOT/target/launch

# needs_build: whether a source is newer than the latest build
needs_build() {
  [ -f "$LAUNCH/current" ] || return 0
  local newer
  newer=$(cd "$ROOT" && find pom.xml .mvn engine/pom.xml engine/src/main weights-converter/pom.xml weights-converter/src/main \
    collab/pom.xml collab/*/pom.xml collab/*/src/main scripts/lib -newer target/launch/current -print)
  [ -n "$newer" ]
}

# with_build_lock COMMAND...: one build at a time in this checkout
with_build_lock() {
  mkdir -p "$LAUNCH"
  if command -v flock >/dev/null 2>&1; then
    (
      flock -n 9 || { echo "waiting for another build of $ROOT" >&2 && flock 9; }
      "$@"
    ) 9>"$LAUNCH/lock"
    return
  fi
  local said=
  until mkdir "$LAUNCH/lock.held" 2>/dev/null; do
    local holder
    holder=$(cat "$LAUNCH/lock.held/pid" 2>/dev/null || true)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      rm -rf "$LAUNCH/lock.held" # its holder is gone
      continue
    fi
    [ -n "$said" ] || echo "waiting for another build of $ROOT" >&2
    said=yes
    sleep 1
  done
  echo $$ >"$LAUNCH/lock.held/pid"
  local code=0
  ("$@") || code=$?
  rm -rf "$LAUNCH/lock.held"
  return $code
}

# require_maven: says what to install where there is none
require_maven() {
  command -v mvn >/dev/null 2>&1 && return
  cat >&2 <<'END'
Glimpse is built with Maven 3.8.7 or newer, and there is no mvn on PATH. Install it, for example
  Debian, Ubuntu:  sudo apt install maven
  Fedora:          sudo dnf install maven
  macOS:           brew install maven
  with SDKMAN:     sdk install maven
and run this again.
END
  exit 1
}

# build: builds unless another process just did
build() {
  needs_build || return 0
  require_maven
  echo "building glimpse ..." >&2
  local id=$$-$RANDOM folder
  folder=$LAUNCH/$id
  : >"$LAUNCH/began"
  rm -rf "$ROOT/collab/cli/target/lib"
  (cd "$ROOT" && mvn -q -B -ntp -pl collab/cli -am package -Dmaven.test.skip=true -Dspotless.check.skip=true) >&2 \
    || { echo "the build failed" >&2 && return 1; }
  mkdir -p "$folder"
  cp "$ROOT/collab/cli/target/glimpse.jar" "$folder/"
  cp -R "$ROOT/collab/cli/target/lib" "$folder/lib"
  archive_classes "$folder"
  echo "$id" >"$LAUNCH/began.id"
  touch -r "$LAUNCH/began" "$LAUNCH/began.id"
  mv -f "$LAUNCH/began.id" "$LAUNCH/current"
  remove_old_builds "$id"
}

# archive_classes FOLDER: a class-data archive of the classes that a small run loads, for a faster start. Without one
# everything works the same.
archive_classes() {
  local java=$JAVA_HOME/bin/java resources=$ROOT/weights-converter/src/test/resources/glimpse/convert
  local image=$ROOT/engine/src/test/resources/glimpse/engine/image/decode/420.jpg
  local run=("$java" "${JVM_OPTIONS[@]}" -cp "$1/glimpse.jar:$1/lib/*")
  {
    "${run[@]}" "$MAIN_CLASS" convert "$resources/timm-plain/model.safetensors" --heads 3 --out "$1/small" \
      && "${run[@]}" "-XX:DumpLoadedClassList=$1/classes" "$MAIN_CLASS" classify --model "$1/small" "$image" \
      && "${run[@]}" -Xshare:dump "-XX:SharedClassListFile=$1/classes" "-XX:SharedArchiveFile=$1/partial.jsa" \
      && mv "$1/partial.jsa" "$1/glimpse.jsa"
  } >/dev/null 2>&1 || true
  rm -f "$1/small" "$1/classes" "$1/partial.jsa"
}

# remove_old_builds ID: all but this one and those of the last hour, which may be starting up
remove_old_builds() {
  local folder
  find "$LAUNCH" -mindepth 1 -maxdepth 1 -type d ! -name "$1" ! -name lock.held -mmin +60 -print | while IFS= read -r folder; do
    rm -rf "$folder"
  done
}
