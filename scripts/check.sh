#!/usr/bin/env bash
# Everything that can be said about the sources without running them. Every check runs; the table at the end says which failed.
set -uo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
. scripts/phases.sh
phases_title=check

format() {
    swift format lint --strict --parallel --recursive Package.swift Sources Tests \
        Fuzz/Package.swift Fuzz/Sources/fuzz Fuzz/Sources/Crypto
}

types() {
    local project failed=0
    for project in Web/*/tsconfig.json; do
        echo "$project"
        tsc --noEmit -p "$project" || failed=1
    done
    return $failed
}

phase "format" format
phase "rooms" python3 scripts/check-rooms.py
phase "forbidden words" python3 scripts/check-sources.py
phase "links" python3 scripts/check-links.py
phase "types" types
show_phases
