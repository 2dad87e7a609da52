# Some 450 files that try to break their readers: cut, with flipped bits, bombs, loops, entities,
# members that lead out. The indexer outlives them, knows each, says of those that it skips why, nothing
# is written outside of the index, no socket is opened and no program started.
. "$CORPUS/../tests/cli/helpers.sh"
# Leaks cannot be looked for under strace.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
mkdir -p deep/down/in
python3 -B "$CORPUS/../tests/support/make_hostile_corpus.py" deep/down/in || exit 1
n_files=$(ls deep/down/in | wc -l)
[ "$n_files" -gt 300 ] || echo "only $n_files files"
before=$(find . /tmp -name 'outside.txt' -o -name 'absolute.txt' 2>/dev/null)
listing=$(find deep | sort)
trace='strace -f --seccomp-bpf -qq -e trace=socket,connect,bind,listen,accept,execve -e signal=none -o trace'
$trace true 2>/dev/null || trace=
$trace pilcrow-index -q -d index deep 2>messages
echo "exit $?"
# What a sanitizer finds in a reader ends it, with a status of its own.
grep 'reader ended (by itself)' messages
pilcrow-index status --json -d index >status.json
[ "$(jq .sources status.json)" -eq "$n_files" ] || echo "of $n_files files the index knows $(jq .sources status.json)"
jq -r '.skipped[] | select(.reason == "") | .path' status.json
[ "$(jq '.skipped | length' status.json)" -gt 200 ] || echo 'few are skipped'
[ "$(jq .articles status.json)" -gt 100 ] || echo 'little is indexed'
[ "$(find deep | sort)" = "$listing" ] || echo 'files changed'
[ "$before" = "$(find . /tmp -name 'outside.txt' -o -name 'absolute.txt' 2>/dev/null)" ] || echo 'files outside'
grep -v 'execve' trace 2>/dev/null | grep -v '+++ ' | head -3
grep 'execve("' trace 2>/dev/null | grep -v 'pilcrow-\(index\|extract\)"' | head -3
pilcrow-index verify -q -d index
