#!/bin/bash
# kill_exact.sh QUERY_DIR INDEX_DIR: kills the indexer at each system call that makes, syncs, renames
# or removes something, one after the other. Each time the index is as it was before or as it is
# after, and the next run completes the work.
. "$(dirname "$0")/common.sh"
needs_strace
make_small

# Three segments to merge, with something dead in them.
mkdir many
for i in 1 2 3; do
    echo "Text $i has a giraffe." >"many/$i.txt"
    echo "Text $i has a hyena." >"many/$i-too.txt"
    pilcrow-index -q -d segments many
done
rm many/1-too.txt
pilcrow-index -q -d segments many
pilcrow -d segments --format=trec giraffe hyena 2>/dev/null | cut -d' ' -f3 | sort >merged.right

update() {
    "$@" pilcrow-index -q -d index texts
}
first() {
    "$@" pilcrow-index -q -d index texts
}
merge() {
    "$@" pilcrow-index -q merge -d index
}

# prepare JOB: the index that the job begins with
prepare() {
    rm -rf index
    case $1 in
    update) cp -r before index ;;
    merge) cp -r segments index ;;
    esac
}

check_after_kill() {
    local state
    case $1 in
    update)
        state=$(small_state index)
        [ "$state" = before ] || [ "$state" = after ] || fail "$2: $state"
        ;;
    first)
        [ -e index/manifest ] || return
        [ "$(small_state index)" = after ] || fail "$2: $(small_state index)"
        ;;
    merge)
        pilcrow -d index --format=trec giraffe hyena 2>messages | cut -d' ' -f3 | sort >merged
        cmp -s merged merged.right || fail "$2: other hits: $(cat merged messages)"
        ;;
    esac
    verifies index "$2"
}

check_after_rerun() {
    [ "$1" = merge ] || [ "$(small_state index)" = after ] || fail "$2, run again: $(small_state index)"
    verifies index "$2, run again"
    [ -z "$(leftovers index)" ] || fail "$2, run again: left over: $(leftovers index)"
}

# kill_at_each JOB CALL [STEP]: at the first, second ... such call, until a run ends by itself
kill_at_each() {
    local number=1 what status n_kills=0
    while [ "$n_failed" -lt 5 ]; do
        what="$1, killed at $2 number $number"
        prepare "$1"
        "$1" strace -f -o /dev/null -e trace="$2" -e inject="$2:signal=SIGKILL:when=$number" 2>messages
        status=$?
        [ "$status" -ne 0 ] || break
        if [ "$status" -ne 137 ]; then
            fail "$what: exit $status: $(cat messages)"
            break
        fi
        n_kills=$((n_kills + 1))
        # Before the first thing is made there is nothing to look at.
        if [ -e index ]; then
            check_after_kill "$1" "$what"
            "$1" 2>messages || [ "$1" = merge ] || fail "$what: cannot be run again: $(cat messages)"
            check_after_rerun "$1" "$what"
        fi
        number=$((number + ${3:-1}))
    done
    echo "$1: killed at $n_kills calls of $2"
}

for job in update first merge; do
    for call in rename fsync mkdir; do
        kill_at_each $job $call
    done
    kill_at_each $job unlink,unlinkat,rmdir
done
kill_at_each update fdatasync
kill_at_each update openat 5
kill_at_each update pwrite64 3
kill_at_each update write
kill_at_each merge openat 10
finish
