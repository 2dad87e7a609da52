#!/bin/bash
# concurrency.sh QUERY_DIR INDEX_DIR [COMMITS]: readers that never stop while a writer commits and
# merges. Whatever a reader sees is one state: of an article that changes to and fro, the one version
# or the other, never none and never both.
. "$(dirname "$0")/common.sh"
commits=${1:-30}
n_readers=4

mkdir texts
cp "$corpus"/*.txt texts
one='Here is the quokka, and the text is long enough to be a paragraph.'
other='There is the wombat, and the text is long enough to be a paragraph.'
echo "$one" >texts/changes.txt
pilcrow-index -q -d index texts || exit 1

# read_on NUMBER: asks again and again until the file "done" is there
read_on() {
    local n=0
    while [ ! -e done ]; do
        pilcrow -d index --json quokka wombat 2>"messages.$1" >"answer.$1"
        echo "exit $?"
        grep -o '"text":"[^"]*"' "answer.$1"
        # That not both words occur is what it should say.
        grep -v -e 'no paragraph has all of' -e 'in no paragraph at all' \
            -e 'did you mean' "messages.$1"
        n=$((n + 1))
    done >"seen.$1"
    echo "$n" >"count.$1"
}
for reader in $(seq $n_readers); do read_on "$reader" & done

for i in $(seq "$commits"); do
    if [ $((i % 2)) -eq 1 ]; then echo "$other"; else echo "$one"; fi >texts/changes.txt
    echo "Another text, the number $i." >"texts/$i.txt"
    pilcrow-index -q -d index texts 2>messages || fail "commit $i: $(cat messages)"
    if [ $((i % 10)) -eq 0 ]; then
        pilcrow-index -q merge -d index >/dev/null 2>messages || fail "merge: $(cat messages)"
    fi
done
touch done
wait

cat >allowed <<EOF
exit 0
"text":"$one"
"text":"$other"
EOF
n_answers=0
for reader in $(seq $n_readers); do
    n_answers=$((n_answers + $(cat "count.$reader")))
    grep -vxFf allowed "seen.$reader" >wrong && fail "reader $reader: $(sort wrong | uniq -c | head)"
    # One line of status, one of text, in turn.
    awk 'NR % 2 != /^exit/ { exit 1 }' "seen.$reader" || fail "reader $reader: none or both"
done
[ "$n_answers" -ge "$commits" ] || fail "the readers got $n_answers answers only"
sort -u seen.* | grep -c '"text"' | grep -qx 2 || fail 'the readers saw one version only'
echo "$n_answers answers during $commits commits"
verifies index 'in the end'

# A writer that waits for its input holds the lock; a second one is told so.
mkfifo input
pilcrow-index -q -d index - <input 2>messages &
writer=$!
exec 9>input
for _ in $(seq 200); do
    [ "$(cat index/lock)" = "$writer" ] && break
    sleep 0.05
done
pilcrow-index -q -d index texts 2>second
status=$?
[ "$status" -eq 5 ] || fail "a second writer exits with $status: $(cat second)"
grep -q "process $writer" second || fail "a second writer is not told who: $(cat second)"
pilcrow -d index --format=trec quokka wombat >/dev/null 2>&1 || fail 'a reader during a write'
echo 'From standard input: an impala.' >&9
exec 9>&-
wait "$writer" || fail "the first writer: $(cat messages)"
pilcrow -d index --format=trec impala >/dev/null || fail 'what the first writer wrote'
finish
