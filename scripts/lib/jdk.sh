# shellcheck shell=bash
# Finds a JDK 25 or newer, and says with which options it is fastest. Sourced; bash 3.2 is enough.

readonly JDK_MINIMUM=25

# What a forward pass is fastest with: the serial collector, for which the compiler doesn't cut loops into strips (and which
# has the least to set up), and objects at cache lines, so that no vector crosses one.
readonly FAST_OPTIONS=(--add-modules=jdk.incubator.vector -XX:+UseSerialGC -XX:ObjectAlignmentInBytes=64)

# jdk_is_new_enough HOME: reads a file and starts nothing, so that many folders can be asked
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

# real_path FILE: prints FILE with all links followed
real_path() {
  local file=$1 target
  while [ -L "$file" ]; do
    target=$(readlink "$file")
    case "$target" in
      /*) file=$target ;;
      *) file=$(dirname "$file")/$target ;;
    esac
  done
  printf '%s/%s' "$(cd "$(dirname "$file")" && pwd -P)" "$(basename "$file")"
}

# find_jdk: sets and exports JAVA_HOME, or says what to install and ends the script
find_jdk() {
  local home javac
  if [ -n "${JAVA_HOME:-}" ] && jdk_is_new_enough "$JAVA_HOME"; then
    export JAVA_HOME
    return
  fi
  javac=$(command -v javac || true)
  if [ -n "$javac" ]; then
    home=$(dirname "$(dirname "$(real_path "$javac")")")
    if jdk_is_new_enough "$home"; then
      export JAVA_HOME=$home
      return
    fi
  fi
  for home in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/* /opt/java/* /opt/jdk/* \
    "${SDKMAN_CANDIDATES_DIR:-${HOME:-}/.sdkman/candidates}"/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if jdk_is_new_enough "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  if [ -x /usr/libexec/java_home ] && home=$(/usr/libexec/java_home -v "$JDK_MINIMUM+" 2>/dev/null) \
    && jdk_is_new_enough "$home"; then
    export JAVA_HOME=$home
    return
  fi
  cat >&2 <<END
Glimpse needs a JDK $JDK_MINIMUM or newer and finds none: not in JAVA_HOME (${JAVA_HOME:-unset}), not on PATH (${javac:-no javac}),
not in the usual folders. Install one, for example
  Debian, Ubuntu:  sudo apt install openjdk-$JDK_MINIMUM-jdk
  Fedora:          sudo dnf install java-$JDK_MINIMUM-openjdk-devel
  macOS:           brew install openjdk@$JDK_MINIMUM
  with SDKMAN:     sdk install java $JDK_MINIMUM-tem
or set JAVA_HOME to one, and run this again.
END
  exit 1
}
