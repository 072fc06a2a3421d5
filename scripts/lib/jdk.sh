# shellcheck shell=bash
# Finds a JDK 25 or newer, or downloads one, and defines the options with which it runs fastest. Sourced after fetch.sh;
# bash 3.2 is enough.

readonly JDK_MINIMUM=25

# The serial collector needs no strip-mined loops and has the least to set up; objects aligned to cache lines keep vector
# loads from crossing them.
readonly FAST_OPTIONS=(--add-modules=jdk.incubator.vector -XX:+UseSerialGC -XX:ObjectAlignmentInBytes=64)

# Temurin's maker, or a mirror with the same API
readonly ADOPTIUM_URL=${GLIMPSE_ADOPTIUM_URL:-https://api.adoptium.net}

# jdk_is_new_enough HOME: reads the release file and starts no process, so checking many folders is cheap
jdk_is_new_enough() {
  local line version=
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in
      JAVA_VERSION=*) version=${line#JAVA_VERSION=} ;;
    esac
  done <"$1/release"
  version=${version//\"/}
  version=${version%%[!0-9]*}
  [ -n "$version" ] && [ "$version" -ge "$JDK_MINIMUM" ]
}

# real_path FILE: prints FILE, an absolute path, with all links resolved
real_path() {
  local file=$1 target
  while [ -L "$file" ]; do
    target=$(readlink "$file")
    case "$target" in
      /*) file=$target ;;
      *) file=${file%/*}/$target ;;
    esac
  done
  printf '%s/%s' "$(cd "${file%/*}" && pwd -P)" "${file##*/}"
}

# jdk_candidates: prints folders that may hold a JDK, one per line, the preferred ones first
jdk_candidates() {
  local javac
  printf '%s\n' "${JAVA_HOME:-}"
  javac=$(command -v javac || true)
  case "$javac" in
    /*)
      javac=$(real_path "$javac")
      printf '%s\n' "${javac%/*/*}"
      ;;
  esac
  system_jdks
  printf '%s\n' "$CACHE/jdk" "$CACHE/jdk/Contents/Home"
}

# system_jdks: prints the folders in which installers put JDKs
system_jdks() {
  printf '%s\n' \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/* /opt/java/* /opt/jdk/* \
    "${SDKMAN_CANDIDATES_DIR:-${HOME:-}/.sdkman/candidates}"/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$JDK_MINIMUM+" 2>/dev/null || true
  fi
}

# choose_jdk: sets and exports JAVA_HOME if a candidate is new enough
choose_jdk() {
  local home
  while IFS= read -r home; do
    if [ -n "$home" ] && jdk_is_new_enough "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done < <(jdk_candidates)
  return 1
}

# find_jdk: sets and exports JAVA_HOME. Downloads a JDK where there is none; if it cannot, says what to install and exits.
find_jdk() {
  choose_jdk && return
  if may_fetch && jdk_platform >/dev/null && with_cache_lock fetch_jdk && choose_jdk; then
    return
  fi
  cat >&2 <<END
Glimpse needs a JDK $JDK_MINIMUM or newer and finds none: not in JAVA_HOME (${JAVA_HOME:-unset}), not on PATH ($(command -v javac || echo "no javac")),
not in the usual folders. Install one, for example
  Debian, Ubuntu:  sudo apt install openjdk-$JDK_MINIMUM-jdk
  Fedora:          sudo dnf install java-$JDK_MINIMUM-openjdk-devel
  macOS:           brew install openjdk@$JDK_MINIMUM
  with SDKMAN:     sdk install java $JDK_MINIMUM-tem
or set JAVA_HOME to one, and run this again.
END
  exit 1
}

# jdk_platform: prints this machine's operating system and architecture in Adoptium's terms; fails for any other machine
jdk_platform() {
  local system architecture loader
  case "$(uname -s)" in
    Linux) system=linux ;;
    Darwin) system=mac ;;
    *) return 1 ;;
  esac
  case "$(uname -m)" in
    x86_64 | amd64) architecture=x64 ;;
    aarch64 | arm64) architecture=aarch64 ;;
    *) return 1 ;;
  esac
  for loader in /lib/ld-musl-*; do
    [ ! -e "$loader" ] || system=alpine-linux
  done
  echo "$system $architecture"
}

# json_field NAME OBJECT: prints a string or a number of an object without nested objects
json_field() {
  sed -n "s/.*\"$1\" *: *\"\{0,1\}\([^\",} ]*\).*/\1/p" <<<"$2"
}

# fetch_jdk: downloads the latest Temurin of JDK_MINIMUM into the cache. Under the cache's lock.
fetch_jdk() {
  local platform system architecture api package link size sum
  choose_jdk && return # another process has just downloaded it
  platform=$(jdk_platform)
  system=${platform% *} architecture=${platform#* }
  api="$ADOPTIUM_URL/v3/assets/latest/$JDK_MINIMUM/hotspot?os=$system&architecture=$architecture&image_type=jdk&vendor=eclipse"
  package=$(fetch_text "$api" | tr '\n\t' '  ' | sed -n 's/.*"package" *: *{\([^}]*\)}.*/\1/p')
  link=$(json_field link "$package")
  size=$(json_field size "$package")
  sum=$(json_field checksum "$package")
  if ! [[ $link =~ ^https?://[^[:space:]]+$ && $size =~ ^[0-9]+$ && $sum =~ ^[0-9a-f]{64}$ ]]; then
    echo "$api names no package with a link, a size and an SHA-256" >&2
    return 1
  fi
  if [[ $ADOPTIUM_URL == https:* && $link != https:* ]]; then
    echo "$api names $link, expected https" >&2
    return 1
  fi
  echo "downloading Temurin JDK $JDK_MINIMUM, $(((size + 500000) / 1000000)) MB, from $link to $CACHE/jdk" >&2
  fetch_archive "$link" 256 "$sum" "$CACHE/jdk"
}
