# shellcheck shell=bash
# A lock between processes, with flock where there is one. Sourced; bash 3.2 is enough.

# with_lock FILE WAITING COMMAND...: runs COMMAND while no other process holds FILE; says WAITING once if it has to wait.
# The lock of a killed process is free.
with_lock() {
  local file=$1 waiting=$2 holder said='' code=0
  shift 2
  : >>"$file" || return 1
  if command -v flock >/dev/null 2>&1; then
    (
      flock -n 9 || { echo "$waiting" >&2 && flock 9; }
      "$@"
    ) 9>>"$file"
    return
  fi
  # a link appears together with its target, so the holder is always known
  until ln -s "$$" "$file.held" 2>/dev/null; do
    holder=$(readlink "$file.held" || true)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      rm -f "$file.held"
      continue
    fi
    [ -n "$said" ] || echo "$waiting" >&2
    said=yes
    sleep 1
  done
  ("$@") || code=$?
  rm -f "$file.held"
  return "$code"
}
