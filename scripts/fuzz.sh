#!/usr/bin/env bash
# Fuzzes the readers of what strangers send, with libFuzzer and the address sanitiser: mail, addresses, dates, html, reply.
# FUZZ_SECONDS (default 120) is for each; two or three run at the same time. Arguments: the targets, where not all.
# What is found is kept in .build-fuzz/found and makes the run fail. The inputs that reach new code stay in .build-fuzz/corpus for the next.
set -uo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."

seconds=${FUZZ_SECONDS:-120}
folder="$PWD/.build-fuzz"
program="$folder/release/fuzz"
# Swift's own account of a crash would only hold the fuzzer up: libFuzzer prints one.
export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS=detect_odr_violation=0

# SwiftPM hands only one of two sanitisers on to Swift's compiler, so they are named once more. What is not needed here, it warns about.
swift build --package-path Fuzz --scratch-path "$folder" -c release --sanitize=address --sanitize=fuzzer \
    -Xswiftc -sanitize=address,fuzzer -Xcc -fsanitize=fuzzer-no-link >"$folder.log" 2>&1 || { grep -E 'error' "$folder.log"; tail -n 5 "$folder.log"; exit 1; }
mv "$folder.log" "$folder/build.log"
rm -rf "$folder/seeds"
python3 scripts/fuzz-seeds.py "$folder/seeds" || exit 1

largest() {
    case $1 in
        mail) echo 65536 ;;
        html | reply) echo 32768 ;;
        *) echo 2048 ;;
    esac
}

# One input may take 2 s and 1 GB with the sanitiser, which costs about ten times the time and three times the memory. libFuzzer goes by the
# clock on the wall, so a machine that stalls looks like a slow input: what is slow is played again, and what never ends has a minute.
fuzz() {
    local target=$1
    mkdir -p "$folder/corpus/$target" "$folder/found/$target"
    FUZZ_TARGET=$target timeout --kill-after=30 $((seconds + 120)) "$program" -max_total_time="$seconds" -timeout=60 -report_slow_units=2 \
        -rss_limit_mb=1024 -malloc_limit_mb=512 -max_len="$(largest "$target")" -dict="Fuzz/Dictionaries/$target.dict" -verbosity=1 \
        -print_final_stats=1 -artifact_prefix="$folder/found/$target/" "$folder/corpus/$target" "$folder/seeds/$target" \
        </dev/null >"$folder/$target.log" 2>&1
}

# is_slow TARGET FILE: whether it takes 2 s of the processor's time, or fails, when played alone.
is_slow() {
    local LC_NUMERIC=C TIMEFORMAT=%0U taken
    taken=$({ time FUZZ_TARGET=$1 "$program" -timeout=60 -rss_limit_mb=1024 "$2" >/dev/null 2>&1 || echo 60; } 2>&1 | sort -n | tail -n 1)
    [ "$taken" -ge 2 ]
}

# forget_stalls TARGET: removes what was slow only because the machine stood still.
forget_stalls() {
    local file
    for file in "$folder/found/$1"/slow-unit-*; do
        [ -e "$file" ] || continue
        is_slow "$1" "$file" || { echo "$1: $(basename "$file") was slow once, and is not when played alone."; rm "$file"; }
    done
}

# show TARGET: what was found, and the first of it so that it can be played elsewhere: base64 -d | gunzip.
show() {
    local first
    grep -E 'Fatal error|ERROR|SUMMARY|slow-unit|Slowest|artifact' "$folder/$1.log" | cut -c 1-250 | tail -n 4
    first=$(find "$folder/found/$1" -type f | sort | head -n 1)
    [ -z "$first" ] || { echo "$first"; gzip -c "$first" | base64 -w 250 | head -n 5; }
}

failed=0
# run TARGET…: at the same time.
run() {
    local target processes=()
    for target in "$@"; do
        fuzz "$target" &
        processes+=("$!")
    done
    for target in "$@"; do
        local status=0
        wait "${processes[0]}" || status=$?
        processes=("${processes[@]:1}")
        forget_stalls "$target"
        if [ "$status" -eq 0 ] && [ -z "$(ls -A "$folder/found/$target")" ]; then
            printf '%-10s %s\n' "$target" "$(grep -oE 'Done .*' "$folder/$target.log" | tail -n 1)"
        else
            failed=1
            printf '%-10s FOUND, status %d:\n' "$target" "$status"
            show "$target"
        fi
    done
}

wanted=" $* "
# chosen TARGET…: those of them that were named, or all where none was.
chosen() {
    local target
    for target in "$@"; do
        [ "$wanted" != "  " ] && [ "${wanted/ $target /}" = "$wanted" ] || echo "$target"
    done
}
mapfile -t large < <(chosen mail html)
mapfile -t small < <(chosen reply addresses dates)
[ ${#large[@]} -eq 0 ] || run "${large[@]}"
[ ${#small[@]} -eq 0 ] || run "${small[@]}"
exit "$failed"
