# shellcheck shell=bash
# Folders for what a script writes while it runs. Sourced with ROOT set; bash 3.2 is enough.

# make_work NAME: sets `work` to an empty folder of this process below target; deletes those of killed processes
make_work() {
  local old
  for old in "$ROOT/target/$1".*; do
    case "${old##*.}" in '' | *[!0-9]*) continue ;; esac
    ! kill -0 "${old##*.}" 2>/dev/null || [ "${old##*.}" = $$ ] || continue
    umount "$old/disk" 2>/dev/null || true # scripts/chaos mounts it
    chmod -R u+w "$old" && rm -rf "$old"
  done
  work=$ROOT/target/$1.$$
  mkdir -p "$work"
}
