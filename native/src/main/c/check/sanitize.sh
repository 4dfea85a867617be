#!/bin/sh
# Builds the native library and replay.c under a sanitizer and runs them on program files.
# usage: sanitize.sh <address|thread> <output directory> <seed> <damaged buffers> <file>...
# CC is honoured. Exit status 77: this compiler has no such sanitizer.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kind=${1:?usage: sanitize.sh <address|thread> <output directory> <seed> <damaged buffers> <file>...}
out=$2/$kind
shift 2
: "${CC:=cc}"
case $kind in
    address) flags="-fsanitize=address,undefined -fno-sanitize-recover=all" ;;
    thread) flags="-fsanitize=thread" ;;
    *) echo "unknown sanitizer '$kind'; use address or thread" >&2; exit 2 ;;
esac
mkdir -p "$out"
echo 'int main(void) { return 0; }' >"$out/probe.c"
# shellcheck disable=SC2086
if ! "$CC" $flags "$out/probe.c" -o "$out/probe" 2>/dev/null || ! "$out/probe"; then
    echo "$CC has no $kind sanitizer that runs here" >&2
    exit 77
fi
# -O1 last wins over the -O3 of build.sh: the kernels are the same C, checked access by access.
RP_CFLAGS="$flags -g -O1 -fno-omit-frame-pointer" CC="$CC" sh "$here/../build.sh" "$out/classes"
lib=$(ls "$out"/classes/META-INF/native/*/libreprise.*)
# shellcheck disable=SC2086
"$CC" -std=c17 -Wall -Wextra -g $flags -I"$here/../include" "$here/replay.c" "$lib" \
    -Wl,-rpath,"$(dirname "$lib")" -o "$out/replay"
ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1 \
    TSAN_OPTIONS=halt_on_error=1 "$out/replay" "$@"
