#!/bin/bash
# io_errors.sh QUERY_DIR INDEX_DIR: lets system calls of the indexer fail one after the other, once
# or from then on. It says so and exits with 6, the index is whole, and the next run completes the
# work.
. "$(dirname "$0")/common.sh"
needs_strace
make_small

# fail_at CALL ERROR TEXT WHEN: 1 when the run did not come so far
fail_at() {
    local what="$1 number $4 fails with $2" status state
    rm -rf index && cp -r before index
    strace -f -o trace -e trace="$1" -e inject="$1:error=$2:when=$4" \
        pilcrow-index -d index texts >out 2>messages
    status=$?
    grep -q INJECTED trace || return 1
    # A sanitizer writes too, to look at memory, and gives up when it cannot.
    ! grep -q 'CHECK failed: sanitizer' messages || return 0
    state=$(small_state index)
    case $status in
    0)
        # A pid that is missing in the lock, a file that is removed some other time.
        [ "$state" = after ] || fail "$what: exit 0: $state"
        # fdatasync is libxapian's, which does not look; our own fsync of each file follows.
        [ "$1" != fsync ] || fail "$what: and is taken for done"
        ;;
    6)
        [ "$state" = before ] || [ "$state" = after ] || fail "$what: $state"
        grep -qi -e "$3" -e 'cannot write to standard output' \
            -e 'could not be read or written' messages ||
            fail "$what: it is not said: $(cat messages)"
        ;;
    4)
        # libxapian takes a table that it cannot open for an empty one: its records seem damaged.
        [ "$1" = openat ] && grep -q 'a record is damaged' messages &&
            [ "${state#neither}" = "$state" ] ||
            fail "$what: exit 4: $state: $(cat messages)"
        ;;
    *)
        fail "$what: exit $status: $(cat messages)"
        ;;
    esac
    verifies index "$what"
    pilcrow-index -q -d index texts 2>messages || fail "$what: cannot be run again: $(cat messages)"
    [ "$(small_state index)" = after ] || fail "$what, run again: $(small_state index)"
    verifies index "$what, run again"
    n_cases=$((n_cases + 1))
}

for call in pwrite64 write fsync fdatasync rename mkdir; do
    for error in 'ENOSPC No space left on device' 'EIO+ Input/output error'; do
        name=${error%% *}
        more=${name//[!+]/}
        # When every write fails, no message can be written either.
        [ "$call$more" != write+ ] || more=
        n_cases=0
        for number in $(seq 100); do
            [ "$n_failed" -lt 5 ] || break
            fail_at $call "${name%+}" "${error#* }" "$number$more" || break
        done
        echo "$call: ${name%+} at $n_cases places${more:+, and from then on}"
    done
done

# Files of the index that cannot be opened: the calls before them open libraries and such.
rm -rf index && cp -r before index
strace -f -o opened -e trace=openat pilcrow-index -q -d index texts
n_cases=0
for number in $(grep -nE '"[^"]*/index(/[^"]*)?"' opened | cut -d: -f1 | awk 'NR % 3 == 1'); do
    [ "$n_failed" -lt 5 ] || break
    fail_at openat EMFILE 'Too many open files' "$number"
done
echo "openat: EMFILE at $n_cases places"
finish
