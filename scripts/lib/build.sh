# shellcheck shell=bash
# Builds what the launcher starts if a source has changed. Sourced by start.sh with ROOT set.
#
# target/launch/ holds one folder per build (jars, a class-data archive) and the file `current`, which names the latest.
# `current` has the time at which its build began, so any newer source makes it stale. A build never touches the folder of a
# running process; the folders of older builds are deleted after the next one.

readonly LAUNCH=$ROOT/target/launch

# needs_build: whether a source is newer than the latest build
needs_build() {
  [ -f "$LAUNCH/current" ] || return 0
  local newer
  newer=$(cd "$ROOT" && find pom.xml .mvn engine/pom.xml engine/src/main weights-converter/pom.xml weights-converter/src/main \
    collab/pom.xml collab/*/pom.xml collab/*/src/main scripts/lib -newer target/launch/current -print)
  [ -n "$newer" ]
}

# with_build_lock COMMAND...: one build at a time in this clone
with_build_lock() {
  mkdir -p "$LAUNCH"
  with_lock "$LAUNCH/lock" "waiting for another build of $ROOT" "$@"
}

# build: builds unless another process has just done so
build() {
  needs_build || return 0
  find_maven
  echo "building glimpse ..." >&2
  local id=$$-$RANDOM folder
  folder=$LAUNCH/$id
  : >"$LAUNCH/began"
  rm -rf "$ROOT/collab/cli/target/lib"
  maven -q -pl collab/cli -am package -Dmaven.test.skip=true -Dspotless.check.skip=true >&2 || {
    echo "the build failed" >&2
    return 1
  }
  if ! { mkdir -p "$folder" && cp "$ROOT/collab/cli/target/glimpse.jar" "$folder/" \
    && cp -R "$ROOT/collab/cli/target/lib" "$folder/lib"; }; then
    rm -rf "$folder"
    echo "cannot write to $folder" >&2
    return 1
  fi
  archive_classes "$folder"
  echo "$id" >"$LAUNCH/began.id"
  touch -r "$LAUNCH/began" "$LAUNCH/began.id"
  mv -f "$LAUNCH/began.id" "$LAUNCH/current"
  remove_old_builds "$id"
}

# archive_classes FOLDER: dumps a class-data archive of the classes that a small run loads, which makes the program start
# faster. The program runs without it as well.
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

# remove_old_builds ID: deletes all builds but this one and those of the last hour, which may still be starting
remove_old_builds() {
  local folder
  find "$LAUNCH" -mindepth 1 -maxdepth 1 -type d ! -name "$1" -mmin +60 -print | while IFS= read -r folder; do
    rm -rf "$folder"
  done
}
