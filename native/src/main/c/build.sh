#!/bin/sh
# Builds the native library: plain cc lines, one object for each instruction set, nothing downloaded.
# usage: build.sh <output directory>        CC and RP_CFLAGS are honoured
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh <output directory>}
: "${CC:=cc}"
: "${RP_CFLAGS:=}"

case $(uname -s) in
    Linux) os=linux suffix=so ;;
    Darwin) os=macos suffix=dylib ;;
    *) echo "native library: $(uname -s) is not supported; the reference backend will serve" >&2; exit 0 ;;
esac
case $(uname -m) in
    x86_64 | amd64) arch=x86_64 ;;
    aarch64 | arm64) arch=aarch64 ;;
    *) arch=$(uname -m) ;;
esac
dir=$out/META-INF/native/$os-$arch
lib=$dir/libreprise.$suffix

if ! command -v "$CC" >/dev/null 2>&1; then
    echo "native library: no C compiler '$CC' on the PATH; the reference backend will serve." >&2
    echo "Install one (Debian and Ubuntu: apt install gcc libc6-dev; macOS: xcode-select --install) and build again." >&2
    exit 0
fi

# Nothing to do where sources, flags and compiler are those of the last build.
stamp=$( { cat "$here"/build.sh "$here"/include/*.h "$here"/src/*; "$CC" --version; echo "$CC $RP_CFLAGS"; } | cksum)
if [ -f "$lib" ] && [ -f "$out/../native-library.stamp" ] && [ "$(cat "$out/../native-library.stamp")" = "$stamp" ]; then
    exit 0
fi

# Objects are kept by the sum of what they were made of, so that a change compiles only what it touches.
objects=$out/../native-objects
mkdir -p "$objects"
made=
version=$("$CC" --version)
flags="-std=c17 -O3 -fPIC -fvisibility=hidden -Wall -Wextra -Wno-psabi -fno-math-errno -fno-trapping-math $RP_CFLAGS"
common="random check execute operations ops_fused ops_head ops_cut ops_attend session pool"
kernels="gemm elementwise norm loss optimise attention multi_head table"
# decoding
common="$common ops_decode ops_sample ops_experts"
kernels="$kernels decode"
# orderings, linear algebra, low precision, further optimisers
common="$common ops_update ops_quantise ops_pointwise ops_arrange ops_noise ops_factor ops_fourier ops_recurrent"
kernels="$kernels update quantise curves arrange gates"
# chains
common="$common ops_chain"
closure() { # a file of src and, once each, all that it includes
    case " $files " in *" $1 "*) return ;; esac
    files="$files $1"
    for h in $(sed -n 's/^#include "\([^"]*\)".*/\1/p' "$here/src/$1"); do closure "$h"; done
}
# convolution and batch normalisation, groups
common="$common ops_conv ops_examples group"
kernels="$kernels conv batchnorm pooling"
compile() { # name, source, flags
    files=
    closure "$2.c"
    # shellcheck disable=SC2086
    sum=$( { (cd "$here/src" && cat $files); echo "$CC $version $flags $3"; } | cksum | tr ' ' -)
    object=$objects/$1.$sum.o
    if [ ! -f "$object" ]; then
        rm -f "$objects/$1".*.o
        # shellcheck disable=SC2086
        "$CC" $flags $3 -I"$here/include" -c "$here/src/$2.c" -o "$object.new"
        mv "$object.new" "$object"
    fi
    made="$made $1.$sum.o"
}
for f in $common; do compile "$f" "$f" "-ffp-contract=off"; done
for f in $kernels; do compile "portable_$f" "$f" "-ffp-contract=fast"; done
if [ "$arch" = x86_64 ]; then
    for f in $kernels; do
        compile "avx2_$f" "$f" "-ffp-contract=fast -DRP_AVX2 -mavx2 -mfma"
        compile "avx512_$f" "$f" "-ffp-contract=fast -DRP_AVX512 -mavx2 -mfma -mavx512f -mavx512vl -mavx512bw -mavx512dq -mprefer-vector-width=512"
    done
fi
mkdir -p "$dir"
# shellcheck disable=SC2086
(cd "$objects" && "$CC" -shared $RP_CFLAGS -o linking.$$ $made -lm -lpthread)
mv "$objects/linking.$$" "$lib"
echo "$stamp" >"$out/../native-library.stamp"
echo "native library: built $lib" >&2
