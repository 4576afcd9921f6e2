#!/usr/bin/env bash
# The Swift tests that are built. All that they say is kept in .build/swift-test.log; here stand the failures and the sum.
# One after the other: side by side each of six hundred tests waits for all the others, and those with sockets run into their time limits on a
# busy machine; the whole would not be quicker. Up to five that failed are run a second time. What fails twice is broken; a second try is said.
set -uo pipefail
cd "$(dirname "$0")/.."
log=.build/swift-test.log
results=.build/swift-test.xml

# one_run FILTER…: the exit code of the run; 70 if it did not come to an end.
one_run() {
    local status=0 this=.build/swift-test-run.log
    swift test --skip-build --disable-xctest --no-parallel --xunit-output "$results" "$@" >"$this" 2>&1 || status=$?
    cat "$this" >>"$log"
    grep -E '✘|^[^ ]*: (error|fatal)|Test run with' "$this"
    grep -q 'Test run with' "$this" || {
        echo "The tests did not come to an end. The last lines of $log:" >&2
        tail -n 40 "$log" >&2
        status=70
    }
    return "$status"
}

# The failed tests of the last run, one --filter argument a line: room, suite and name of the function as a pattern.
failed_tests() {
    python3 - "$results" <<'PYTHON'
import re, sys
import xml.etree.ElementTree as tree

for case in tree.parse(sys.argv[1]).iter("testcase"):
    if case.find("failure") is not None or case.find("error") is not None:
        name = case.get("name").split("(")[0]
        print("^" + re.escape(case.get("classname")) + "/" + re.escape(name) + r"\(")
PYTHON
}

: >"$log"
one_run && exit 0
status=$?
[ "$status" -ne 70 ] || exit 1
mapfile -t failed < <(failed_tests)
if [ "${#failed[@]}" -eq 0 ] || [ "${#failed[@]}" -gt 5 ]; then
    exit 1
fi
echo "A second try, alone: ${failed[*]}"
filters=()
for test in "${failed[@]}"; do filters+=(--filter "$test"); done
one_run "${filters[@]}"
