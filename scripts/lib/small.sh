# shellcheck shell=sh
# Sourced by start.sh, and part of the launcher that scripts/image writes; any POSIX shell is enough.

# is_small ARGUMENTS...: whether a command looks at few images
is_small() {
  case "${1:-}" in
    classify | embed | explain) ;;
    *) return 1 ;;
  esac
  [ $# -le 12 ] || return 1
  for argument; do
    if [ "$argument" = - ] || [ -d "$argument" ]; then return 1; fi
  done
}
