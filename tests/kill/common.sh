# What the tests of this folder share. Each is run with the directories of the two programs, works
# in a directory of its own, and ends with finish.
set -u
corpus=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../corpus" && pwd)/articles
PATH=$(realpath "$1"):$(realpath "$2"):$PATH
shift 2
unset PILCROW_INDEX XDG_DATA_HOME
export LC_ALL=C.UTF-8
scratch=$(mktemp -d "${TMPDIR:-/tmp}/pilcrow-kill-XXXXXX") || exit 1
# A subshell that is killed just after it was begun may still have this trap.
trap '[ "$BASHPID" -ne $$ ] || rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
n_failed=0

# fail WHAT...: something is wrong; goes on.
fail() {
    n_failed=$((n_failed + 1))
    echo "FAILED: $*"
}

# skip REASON: it cannot be tested here.
skip() {
    echo "skipped: $1"
    exit 77
}

finish() {
    [ "$n_failed" -eq 0 ] && echo 'all well'
    exit $((n_failed > 0))
}

# needs_strace: skips when processes cannot be traced. A process that is traced cannot look for its
# leaks.
needs_strace() {
    command -v strace >/dev/null || skip 'strace is not installed'
    strace -o /dev/null -e inject=getpid:error=EPERM true 2>/dev/null || skip 'strace cannot trace'
    export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
}

# verifies DIRECTORY WHEN: no checksum or record of the index is wrong.
verifies() {
    pilcrow-index verify -d "$1" >verify.out 2>&1 && return
    fail "$2: verify finds faults"
    cat verify.out
}

# dump DIRECTORY: every paragraph with a common word, in an order of its own. What may differ
# between two indexes of the same texts is left out: ranks of equal scores, the ids of what moved.
dump() {
    pilcrow -d "$1" --json -n10000 the a of in and to was is |
        sed -E 's/"rank":[0-9]+,//; s/"id":"[0-9a-f]+",//' | sort
}

# ---- a small index and what an update of it does: all in one commit

# make_small: texts and an index of them, then what is to be updated.
make_small() {
    mkdir texts
    echo 'This one stays the same: aardvark.' >texts/same.txt
    echo 'This one changes: before, it has a buffalo.' >texts/changed.txt
    echo 'This one moves: cheetah.' >texts/moved.txt
    echo 'This one goes: dingo.' >texts/removed.txt
    pilcrow-index -q -d before texts || exit 1
    echo 'This one changes: after, it has an eland.' >texts/changed.txt
    mv texts/moved.txt texts/new-place.txt
    rm texts/removed.txt
    echo 'This one is new: fox.' >texts/new.txt
}

# small_state DIRECTORY: what the index has of the small texts
small_state() {
    local found
    found=$(pilcrow -d "$1" --format=trec -n100 \
        aardvark buffalo cheetah dingo eland fox 2>state.messages | cut -d' ' -f3 | sort | tr '\n' ' ')
    pilcrow -d "$1" --format=trec buffalo >/dev/null 2>&1 && found+='buffalo'
    pilcrow -d "$1" --format=trec eland >/dev/null 2>&1 && found+='eland'
    case $found in
    'texts/changed.txt:1 texts/moved.txt:1 texts/removed.txt:1 texts/same.txt:1 buffalo')
        echo before
        ;;
    'texts/changed.txt:1 texts/new-place.txt:1 texts/new.txt:1 texts/same.txt:1 eland')
        echo after
        ;;
    *)
        echo "neither: $found $(cat state.messages)"
        ;;
    esac
}

# leftovers DIRECTORY: what is in the index and does not belong there
leftovers() {
    local segment
    for segment in "$1"/segments/*; do
        [ ! -e "$segment" ] || grep -q "${segment##*/}" "$1/manifest" || echo "$segment"
    done
    find "$1" -name 'build-*' -o -name '*.new'
}
