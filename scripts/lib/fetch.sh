# shellcheck shell=bash
# Downloads archives that are published with a checksum into the cache: .cache of this clone, or GLIMPSE_CACHE. A download
# that was cut off is resumed; nothing is unpacked before its checksum fits, nor visible before it is unpacked whole.
# Sourced with ROOT set, after lock.sh; bash 3.2 is enough.

readonly CACHE=${GLIMPSE_CACHE:-$ROOT/.cache}

# How often one call resumes a download that keeps being cut off
readonly FETCH_ATTEMPTS=5

# may_fetch: whether the network may be used
may_fetch() {
  [ "${GLIMPSE_OFFLINE:-0}" = 0 ]
}

# with_cache_lock COMMAND...: one process at a time works in the cache
with_cache_lock() {
  if ! mkdir -p "$CACHE" 2>/dev/null || ! [ -w "$CACHE" ]; then
    echo "cannot write to $CACHE; GLIMPSE_CACHE names another folder for what is downloaded" >&2
    return 1
  fi
  with_lock "$CACHE/lock" "waiting for another download into $CACHE" "$@"
}

# fetch_text URL: prints the response
fetch_text() {
  if command -v curl >/dev/null 2>&1; then
    curl -fsSL --connect-timeout 20 --max-time 60 "$1"
  elif command -v wget >/dev/null 2>&1; then
    wget -q -T 20 -O - "$1"
  else
    echo "neither curl nor wget is on PATH" >&2
    return 1
  fi || {
    echo "no answer from $1" >&2
    return 1
  }
}

# transfer URL FILE: downloads once, from FILE's end on. Status 2 says that the server cannot resume FILE.
transfer() {
  local http code=0 show=-sS
  if command -v curl >/dev/null 2>&1; then
    [ -t 2 ] && show=-#
    http=$(curl -fL "$show" -C - --connect-timeout 20 --speed-limit 1 --speed-time 60 -w '%{http_code}' -o "$2" "$1") || code=$?
    case "$code:$http" in
      0:*) return 0 ;;
      33:* | 36:* | *:416) return 2 ;;
      *) return 1 ;;
    esac
  elif command -v wget >/dev/null 2>&1; then
    wget -nv -c -t 1 -T 60 -O "$2" "$1" >&2 || code=$?
    case "$code" in
      0) return 0 ;;
      1) return 2 ;;
      *) return 1 ;;
    esac
  fi
  echo "neither curl nor wget is on PATH" >&2
  return 1
}

file_size() {
  if [ -f "$1" ]; then wc -c <"$1" | tr -d ' '; else echo 0; fi
}

# download URL FILE: resumes FILE and goes on as long as it grows
download() {
  local attempt before code restarted=''
  for ((attempt = 1; attempt <= FETCH_ATTEMPTS; attempt++)); do
    before=$(file_size "$2")
    code=0
    transfer "$1" "$2" || code=$?
    [ "$code" -ne 0 ] || return 0
    if [ "$code" -eq 2 ] && [ "$before" -gt 0 ] && [ -z "$restarted" ]; then
      rm -f "$2"
      restarted=yes
    elif [ "$(file_size "$2")" -le "$before" ]; then
      break
    fi
  done
  if [ "$(file_size "$2")" -gt 0 ]; then
    echo "the download of $1 broke off after $(file_size "$2") bytes; the next run resumes it" >&2
  else
    echo "the download of $1 failed" >&2
  fi
  return 1
}

# checksum BITS FILE: prints FILE's SHA-2 of 256 or 512 bits in hexadecimal
checksum() {
  local sum
  if command -v "sha$1sum" >/dev/null 2>&1; then
    sum=$("sha$1sum" <"$2") || return 1
  elif command -v shasum >/dev/null 2>&1; then
    sum=$(shasum -a "$1" <"$2") || return 1
  elif command -v openssl >/dev/null 2>&1; then
    sum=$(openssl dgst -r "-sha$1" <"$2") || return 1
  else
    echo "nothing on PATH computes an SHA-$1: sha$1sum, shasum or openssl is needed" >&2
    return 1
  fi
  printf '%s' "${sum%% *}"
}

# fetch_archive URL BITS SUM FOLDER: downloads a tar.gz with one folder in it, which becomes FOLDER. Under the cache's lock.
fetch_archive() {
  local url=$1 bits=$2 expected=$3 folder=$4 actual=''
  local part=$CACHE/$expected.part unpacked=$CACHE/unpacking
  if [ -f "$part" ]; then
    actual=$(checksum "$bits" "$part") || return 1
  fi
  if [ "$actual" != "$expected" ]; then
    download "$url" "$part" || return 1
    actual=$(checksum "$bits" "$part") || return 1
  fi
  if [ "$actual" != "$expected" ]; then
    rm -f "$part"
    echo "$url: SHA-$bits $actual, expected $expected; the download is discarded" >&2
    return 1
  fi
  rm -rf "$unpacked"
  if ! mkdir "$unpacked" || ! tar -xzf "$part" -C "$unpacked"; then
    rm -rf "$unpacked"
    echo "cannot unpack $url in $CACHE" >&2
    return 1
  fi
  rm -rf "$folder"
  if ! mv "$unpacked"/* "$folder"; then
    rm -rf "$unpacked"
    echo "$url: expected one folder in the archive" >&2
    return 1
  fi
  rm -rf "$unpacked" "$CACHE"/*.part
}
