# shellcheck shell=bash
# Finds Maven, or downloads it. Sourced after fetch.sh and jdk.sh; bash 3.2 is enough.

readonly MAVEN_MINIMUM=3.8.7

# What is downloaded where there is no Maven: the release and the SHA-512 that Apache publishes for its bin.tar.gz
readonly MAVEN_VERSION=3.9.16
readonly MAVEN_SHA512=831a8591fe20c8243b1dbe7d71e3244f31d1665b0804b2e825e38cbbe5ce0cafb8338851f90780735568773e0a6cd07bbec107cda0b896b008b861075358b6f6

# Apache's download sites: the first has current releases only, the second every release
readonly MAVEN_URLS=${GLIMPSE_MAVEN_URL:-https://dlcdn.apache.org/maven https://archive.apache.org/dist/maven}

# maven_is_new_enough VERSION
maven_is_new_enough() {
  local i have need IFS=.
  # shellcheck disable=SC2206 # split at dots
  have=($1) need=($MAVEN_MINIMUM)
  for i in 0 1 2; do
    have[i]=${have[i]:-0}
    have[i]=${have[i]%%[!0-9]*}
    [ "${have[i]:-0}" -eq "${need[i]}" ] || { [ "${have[i]:-0}" -gt "${need[i]}" ]; return; }
  done
}

# find_maven: sets MAVEN to an mvn. Downloads Maven where there is none; if it cannot, says what to install and exits. After
# find_jdk.
find_maven() {
  local version=''
  MAVEN=$(command -v mvn || true)
  if [ -n "$MAVEN" ]; then
    # some packages write a colour reset before the first line
    version=$("$MAVEN" -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p') || true
    maven_is_new_enough "$version" && return
  fi
  MAVEN=$CACHE/maven-$MAVEN_VERSION/bin/mvn
  [ -x "$MAVEN" ] && return
  if may_fetch && with_cache_lock fetch_maven; then
    return
  fi
  cat >&2 <<END
Glimpse is built with Maven $MAVEN_MINIMUM or newer, and there is ${version:-no mvn} on PATH. Install it, for example
  Debian, Ubuntu:  sudo apt install maven
  Fedora:          sudo dnf install maven
  macOS:           brew install maven
  with SDKMAN:     sdk install maven
and run this again.
END
  exit 1
}

# fetch_maven: downloads Maven into the cache. Under the cache's lock.
fetch_maven() {
  local url file=maven-3/$MAVEN_VERSION/binaries/apache-maven-$MAVEN_VERSION-bin.tar.gz
  [ -x "$CACHE/maven-$MAVEN_VERSION/bin/mvn" ] && return # another process has just downloaded it
  for url in $MAVEN_URLS; do
    echo "downloading Maven $MAVEN_VERSION, 9 MB, from $url/$file to $CACHE/maven-$MAVEN_VERSION" >&2
    fetch_archive "$url/$file" 512 "$MAVEN_SHA512" "$CACHE/maven-$MAVEN_VERSION" && return
  done
  return 1
}

# maven ARGUMENTS...: runs Maven in the project's folder, offline if the network may not be used. After find_maven.
maven() {
  local options=(-B -ntp) home
  may_fetch || options+=(-o)
  home=$(maven_home)
  # without a folder of its own that can be written, Maven keeps what it downloads in the cache
  can_hold "$home/.m2/repository" || options+=("-Dmaven.repo.local=$CACHE/m2")
  (cd "$ROOT" && "$MAVEN" "${options[@]}" "$@")
}

# maven_home: prints the home folder as Java sees it: the user's entry in the system's list, then HOME
maven_home() {
  local home
  home=$(unset HOME && printf '%s' ~)
  [ "${#home}" -gt 1 ] || home=${HOME:-}
  printf '%s' "$home"
}

# can_hold FOLDER: whether the folder, or the nearest one above it that exists, can be written
can_hold() {
  local folder=$1
  while [ ! -e "$folder" ] && [ "$folder" != "$(dirname -- "$folder")" ]; do
    folder=$(dirname -- "$folder")
  done
  [ -d "$folder" ] && [ -w "$folder" ]
}
