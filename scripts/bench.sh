#!/usr/bin/env bash
# Builds for release and runs the benchmarks, which print one table and write bench/results.json.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."

scripts/install.sh build bench
Web/build.sh
swift build -c release
exec python3 bench/run.py "$@"
