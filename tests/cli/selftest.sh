#!/bin/bash
# The runner accepts what it should and refuses the rest; it is the judge of all other cases.
set -u
runner=$(cd "$(dirname "$0")" && pwd)/run_case.sh
scratch=$(mktemp -d "${TMPDIR:-/tmp}/pilcrow-selftest-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
n_failed=0

# judge STATUS WHAT: the runner's verdict on $scratch/case.sh
judge() {
    local output status
    output=$("$runner" "$scratch/case.sh" "$scratch" 2>&1)
    status=$?
    [ "$status" -eq "$1" ] && return
    n_failed=$((n_failed + 1))
    printf '%s: exit status %s, not %s\n%s\n' "$2" "$status" "$1" "$output"
}

# given SCRIPT [STDOUT [STDERR [EXIT]]]; "-" is no such file
given() {
    local what
    rm -f "$scratch"/case.*
    printf '%s\n' "$1" >"$scratch/case.sh"
    shift
    for what in stdout stderr exit; do
        [ $# -gt 0 ] || break
        [ "$1" = - ] || printf '%s\n' "$1" >"$scratch/case.$what"
        shift
    done
}

given 'true'; judge 0 'nothing expected, nothing said'
given 'echo a'; judge 1 'output that is not expected'
given 'echo a >&2'; judge 1 'a message that is not expected'
given 'exit 3'; judge 1 'a failure that is not expected'
given 'exit 3' - - 3; judge 0 'an expected failure'
given 'true' - - 3; judge 1 'an expected failure that does not come'
given 'echo a; exit 77' b; judge 77 'a case that cannot be run here'
given 'echo a' a; judge 0 'expected output'
given 'true' a; judge 1 'expected output that does not come'
given 'printf a' a; judge 1 'a missing last line feed'
given 'echo a >&2' - a; judge 0 'an expected message'
given 'echo no such tool >&2; exit 77' a; judge 77 'a case that cannot be run here'
given 'echo pid 123.' 'pid [..].'; judge 0 'a placeholder'
given 'echo pid 123!' 'pid [..].'; judge 1 'text behind a placeholder'
given 'echo pid 123.; echo b' 'pid [..].'; judge 1 'a line too many with a placeholder'
given 'pwd; echo $CORPUS/a' '$TMP
$CORPUS/a'; judge 0 'paths become names'
given 'ls -A; echo ${PILCROW_INDEX-unset} ${NO_COLOR-unset}' 'unset unset'
PILCROW_INDEX=/x NO_COLOR=1 judge 0 'a clean environment'
given 'echo report >"${ASAN_OPTIONS##*log_path=}.1"'; judge 1 'a report of a sanitizer'

given 'echo b 7; echo c; echo d >&2; exit 4' 'b [..]'
UPDATE=1 judge 0 'an update'
judge 0 'what was updated'
[ "$(cat "$scratch/case.stdout")" = 'b [..]
c' ] || {
    echo 'an update loses the placeholder'
    n_failed=$((n_failed + 1))
}

[ "$n_failed" -eq 0 ] && echo 'the runner judges rightly'
