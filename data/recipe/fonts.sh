#!/usr/bin/env bash
# Makes data/fonts from the named registry packages. Run it anywhere; the outputs are the same bytes every time.
#
# Takes: Libre Franklin and Inter (static TrueType, SIL OFL 1.1) from npm, fonttools from PyPI; all pinned by
# version and SHA-256. Needs: npm, python3 (3.9 or later), sha256sum.
# Gives: data/fonts/*.ttf and the two licences.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
cache="$here/cache/fonts"
out="$here/../fonts"
mkdir -p "$cache" "$out"

check() { # file, SHA-256
    echo "$2  $1" | sha256sum --check --quiet -
}

npm_package() { # name, version, SHA-256 of the archive, folder
    local archive="$cache/expo-google-fonts-$1-$2.tgz"
    [ -f "$archive" ] || (cd "$cache" && npm pack --silent "@expo-google-fonts/$1@$2" >/dev/null)
    check "$archive" "$3"
    rm -rf "${cache:?}/$1"
    mkdir -p "$cache/$1"
    tar -xzf "$archive" -C "$cache/$1" --strip-components=1
}

npm_package libre-franklin 0.4.2 a4173e7b8328507770c11e9a05f15f6398921035ac783e53564601a8c2c08c52
npm_package inter 0.4.2 b5c1e5878c07a5637169da9f7b1f370c69709f1f8de55998e2522f7aa9dfe2a9

# The pure-Python wheel is the same file on every platform and is imported straight from the archive.
wheel="$cache/fonttools-4.68.0-py3-none-any.whl"
[ -f "$wheel" ] || python3 -m pip download --quiet --no-deps --only-binary=:all: --platform any \
    --implementation py --abi none --python-version 3.11 --dest "$cache" fonttools==4.68.0
check "$wheel" d76f8fdcb6936f5e1045a0c9dd721a4bf11112e60d1e243bfa1d39f06a8b3104

PYTHONPATH="$wheel" python3 "$here/fonts.py" "$cache" "$out"
cp "$cache/libre-franklin/LICENSE_FONT" "$out/OFL.txt"
cp "$cache/inter/LICENSE_FONT" "$out/OFL-Inter.txt"
(cd "$out" && sha256sum -- *.ttf)
