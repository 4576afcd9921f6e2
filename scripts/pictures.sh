#!/usr/bin/env bash
# The pictures of the README and the docs: the loop, played in Chromium against the demo, each screen kept under docs/images.
# PROGRAM and PYTHON may name others than those that make test builds.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
. scripts/server.sh
mkdir -p docs/images
export PICTURES="$PWD/docs/images"
with_server "${PROGRAM:-$PWD/.build/debug/throughline}" "${PYTHON:-.venv/bin/python}" -m pytest -q tests/browser/test_loop.py
