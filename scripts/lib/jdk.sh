# Sourced. Sets JAVA_HOME to a JDK of version 25 or newer: the one that JAVA_HOME names, the one on the PATH, or one
# where systems usually keep them. Fails with a line that says what is missing.

jdk_is_new_enough() {
    local version
    [ -x "$1/bin/javac" ] || return 1
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ -n "$version" ] && [ "$version" -ge 25 ]
}

find_jdk() {
    local candidate on_path
    on_path=$(command -v javac || true)
    [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$candidate" ] && jdk_is_new_enough "$candidate"; then
            export JAVA_HOME=$candidate
            return 0
        fi
    done
    echo "no JDK 25 or newer found: install one, or set JAVA_HOME" >&2
    return 1
}
