#!/usr/bin/env bash
# The benchmarks: one table, and bench/results.json. Arguments go to run.py (`--help` lists them).
exec python3 "$(dirname "$0")/run.py" "$@"
