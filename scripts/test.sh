#!/usr/bin/env bash
# Every test, from a fresh clone: installs what is missing, checks, builds, and runs the Swift tests, the fuzzers for two minutes each, the
# tests with real mail programs, the browser and a short crash run. Ends with a table of what ran and how long it took.
set -uo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
. scripts/phases.sh
. scripts/server.sh
phases_title=test

# The tests choose the settings of their servers; those of whoever runs them stay out.
unset "${!THROUGHLINE_@}"

program="$PWD/.build/debug/throughline"
crash_program="$PWD/.build/debug/throughline-crash"

# bounded SECONDS COMMAND…: what hangs is ended, and counts as failed.
bounded() {
    local status=0
    timeout --kill-after=30 "$@" || status=$?
    [ "$status" -ne 124 ] || echo "Not done after $1 seconds: ${*:2}" >&2
    return "$status"
}

build() {
    local log status
    log=$(mktemp)
    swift build --build-tests 2>&1 | tee "$log" | { grep -vE '^\[[0-9]+/[0-9]+\] ' || true; }
    status=${PIPESTATUS[0]}
    # Packages of others may warn; ours may not.
    if grep -E "^$PWD/(Sources|Tests)/.*: warning:" "$log" | sort -u; then
        echo "Warnings in our own sources stand above." >&2
        status=1
    fi
    rm -f "$log"
    return "$status"
}

# What fails stands once more below the table at the end, where whoever reads only the last lines finds it.
told=.build/test-failures.txt
tell() {
    cut -c1-300 | head -n 12 >>"$told"
}

swift_tests() {
    bounded 2400 scripts/swift-tests.sh
    local status=$?
    grep -hE '✘|^[^ ]*: (error|fatal)' .build/swift-test.log | tell
    return "$status"
}

# Two minutes of each reader; bounded with room for the build.
fuzz() {
    bounded 1200 scripts/fuzz.sh | tee .build/fuzz.log
    local status=${PIPESTATUS[0]}
    [ "$status" -eq 0 ] || grep -A 10 -E 'FOUND|error' .build/fuzz.log | tell
    return "$status"
}

# The Python packages, in .venv, made anew where scripts/requirements.txt or Python itself has changed.
python_packages() {
    local wanted
    wanted="$(python3 --version) $(cksum <scripts/requirements.txt)"
    if [ "$(cat .venv/made-for 2>/dev/null)" != "$wanted" ]; then
        rm -rf .venv
        python3 -m venv .venv && .venv/bin/python -m pip install --quiet --retries 5 -r scripts/requirements.txt || return 1
        echo "$wanted" >.venv/made-for
    fi
    .venv/bin/python -m pytest --version
}

# The tests of one folder: test_*.py by pytest, test_*.sh by bash.
folder_tests() {
    local folder=$1 script result=0
    if compgen -G "$folder/test_*.py" >/dev/null; then
        # A browser on a busy machine may once be slow; what fails twice is broken. Each second try stands in the output as an R.
        bounded 2100 .venv/bin/python -m pytest -q --durations=5 --reruns 1 -rfER "$folder" 2>&1 | tee .build/pytest.log
        result=${PIPESTATUS[0]}
        grep -E '^(FAILED|ERROR|RERUN) ' .build/pytest.log | tell
    fi
    for script in "$folder"/test_*.sh; do
        [ -e "$script" ] || continue
        echo "-- $script"
        bounded 600 bash "$script" || { echo "FAILED: $script" | tee /dev/stderr | tell; result=1; }
    done
    if ! compgen -G "$folder/test_*.*" >/dev/null; then
        echo "$folder holds no test_*.py and no test_*.sh." >&2
        result=1
    fi
    return "$result"
}

crash_run() {
    bounded 900 "$crash_program" receiving --server "$program" --mails 100 --kills 4 --connections 10
    bounded 900 "$crash_program" sending --server "$program" --batches 100 --kills 5
}

mkdir -p .build && : >"$told"
needed "packages of Debian" scripts/install.sh build check test
phase "check" scripts/check.sh
needed "web pages" Web/build.sh
needed "build" build
phase "swift tests" swift_tests
phase "fuzz" fuzz
needed "packages of Python" python_packages
export TL_PROGRAM=$program
for folder in tests/*/; do
    name=$(basename "$folder")
    # The browser tests get a running demo, below. A folder without files is not in the repository.
    if [ "$name" != browser ] && compgen -G "$folder[!_]*" >/dev/null; then
        phase "$name" folder_tests "tests/$name"
    fi
done
phase "browser" with_server "$program" folder_tests tests/browser
phase "crash run" crash_run
show_phases
result=$?
if [ -s "$told" ]; then
    printf '\nWhat failed, at the first try or for good:\n'
    cat "$told"
fi
exit "$result"
