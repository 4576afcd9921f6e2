#!/usr/bin/env bash
# Kills the server at random while mail comes in, and counts what was lost or doubled.
# crash.sh debug|release receiving|sending ARGUMENTS…: the arguments go to throughline-crash, behind --server PATH.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."

configuration=${1:?write debug or release}
half=${2:?write receiving or sending}
shift 2
if [ "$configuration" = release ]; then
    scripts/install.sh build
    Web/build.sh
    swift build -c release --product throughline
    swift build -c release --product throughline-crash
fi
exec ".build/$configuration/throughline-crash" "$half" --server "$PWD/.build/$configuration/throughline" "$@"
