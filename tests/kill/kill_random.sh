#!/bin/bash
# kill_random.sh QUERY_DIR INDEX_DIR [KILLS [SEED]]: kills the indexer at random moments while texts
# change, move, come and go. After each kill the last commit can be read, and nothing in it is
# damaged; in the end the index is the one that an undisturbed indexer makes.
. "$(dirname "$0")/common.sh"
kills=${1:-60}
seed=${2:-$RANDOM}
RANDOM=$seed
echo "$kills kills, seed $seed"

# Variations of the sample articles, 3 MB: three segments.
n_copies=26
copy() {
    local name
    mkdir "texts/$1"
    for name in "$corpus"/*.txt "$corpus"/*.md "$corpus"/*.html; do
        { cat "$name" && printf '\n\nThis is copy number%s of it.\n' "$1"; } >"texts/$1/${name##*/}"
    done
    for name in "$corpus"/*.jsonl; do
        { cat "$name" && printf '{"id":"copy","text":"This is copy number%s of it."}\n' "$1"; } \
            >"texts/$1/${name##*/}"
    done
}
mkdir texts
echo 'The quokka is always here.' >texts/kept.txt
for i in $(seq $n_copies); do copy "$i"; done

index() {
    "$@" pilcrow-index -q -d index --memory=1M texts
}

merge() {
    "$@" pilcrow-index -q merge -d index --memory=1M
}

# killed_after MS COMMAND...: when it comes back, the process is gone and so is its lock. (timeout
# with KILL ends before what it kills.)
killed_after() {
    local seconds
    seconds=$(($1 / 1000)).$(printf %03d $(($1 % 1000)))
    shift
    "$@" &
    local victim=$!
    { sleep "$seconds" && kill -KILL "$victim"; } >/dev/null 2>&1 &
    local killer=$!
    wait "$victim"
    local ended=$?
    kill "$killer" 2>/dev/null
    wait "$killer" 2>/dev/null
    return "$ended"
}

# How long an undisturbed run takes, in milliseconds.
begin=$(date +%s%N)
index
run_ms=$((($(date +%s%N) - begin) / 1000000))
rm -rf index

# Something for the next run to do.
disturb() {
    local number=$((RANDOM % n_copies + 1))
    case $((RANDOM % 5)) in
    0) [ ! -d "texts/$number" ] || echo "Changed $RANDOM." >>"texts/$number/kfor.txt" ;;
    1) [ ! -d "texts/$number" ] || mv "texts/$number" "texts/moved-$RANDOM-$number" ;;
    2) rm -rf "texts/$number" ;;
    3) [ -d "texts/$number" ] || copy "$number" ;;
    4) printf '{"id":"%s","text":"An added record, the %s."}\n' $RANDOM $RANDOM >>texts/added.jsonl ;;
    esac
}

n_kills=0 n_runs=0 has_commit=false status=1
while [ "$n_kills" -lt "$kills" ] && [ "$n_failed" -eq 0 ]; do
    n_runs=$((n_runs + 1))
    [ $((RANDOM % 3)) -gt 0 ] || disturb
    if [ $((RANDOM % 12)) -eq 0 ]; then
        rm -rf index
        has_commit=false
    fi
    # A run that has little to do is over soon.
    [ "$status" -eq 0 ] && range=$((run_ms / 4)) || range=$((run_ms * 11 / 10))
    at=$((RANDOM % range + 3))
    if [ "$has_commit" = true ] && [ $((RANDOM % 4)) -eq 0 ]; then
        merge killed_after $at 2>messages
    else
        index killed_after $at 2>messages
    fi
    status=$?
    case $status in
    137) n_kills=$((n_kills + 1)) ;;
    0) has_commit=true ;;
    *)
        fail "run $n_runs: exit $status"
        cat messages
        ;;
    esac
    [ ! -e index/manifest ] || has_commit=true
    [ "$has_commit" = true ] || continue
    # kept.txt comes behind the numbered folders: it is there once a run was completed.
    n=$(pilcrow -d index --format=trec quokka 2>messages | wc -l)
    answered=${PIPESTATUS[0]}
    [ "$answered" -le 1 ] || fail "run $n_runs: the query fails: $(cat messages)"
    [ "$n" -le 1 ] || fail "run $n_runs: an article is there $n times"
    verifies index "run $n_runs"
done
echo "$n_runs runs, $n_kills killed"

index || fail 'the last run'
merge || fail 'the last merge'
verifies index 'in the end'
[ -z "$(leftovers index)" ] || fail "left over: $(leftovers index)"
pilcrow-index -q -d whole texts
pilcrow-index -q merge -d whole
dump index >index.dump
dump whole >whole.dump
[ "$(wc -l <whole.dump)" -gt 1000 ] || fail 'too little to compare'
cmp index.dump whole.dump || fail 'in the end the index is another'
counts() {
    pilcrow-index status --json -d "$1" | grep -oE '"(sources|articles|paragraphs|dead|text_bytes)":[0-9]+'
}
diff <(counts index) <(counts whole) || fail 'in the end the counts are others'
finish
