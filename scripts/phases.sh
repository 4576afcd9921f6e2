# Sourced by check.sh and test.sh: named phases, each timed, and a table of all at the end.
#
#   phase NAME COMMAND…      runs it; a failure is remembered and the next phase runs
#   needed NAME COMMAND…     the same, but a failure ends the run: what follows would make no sense
#   show_phases              prints the table and one line “N passed, M failed”; fails if any phase has

phase_names=()
phase_results=()
phase_seconds=()

phase() {
    local name=$1 begin=$EPOCHREALTIME result=passed
    shift
    printf '\n== %s\n' "$name"
    "$@" || result=FAILED
    phase_names+=("$name")
    phase_results+=("$result")
    phase_seconds+=("$(awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')")
    [ "$result" = passed ]
}

needed() {
    phase "$@" || {
        show_phases || true
        exit 1
    }
}

show_phases() {
    local index failed=0
    printf '\n%-28s %9s  %s\n' "" seconds ""
    for index in "${!phase_names[@]}"; do
        printf '%-28s %9s  %s\n' "${phase_names[$index]}" "${phase_seconds[$index]}" "${phase_results[$index]}"
        [ "${phase_results[$index]}" = passed ] || failed=$((failed + 1))
    done
    printf '\n%s: %d passed, %d failed\n' "${phases_title:-phases}" $((${#phase_names[@]} - failed)) "$failed"
    [ "$failed" -eq 0 ]
}
