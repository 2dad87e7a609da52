# What the cage could not read, wholly or in part, is named again but not read again until it changes
# or --retry says so; what had no reader is tried each time.
. "$CORPUS/../tests/cli/helpers.sh"
strace -f -o /dev/null true 2>/dev/null || skip 'strace cannot trace here'
# Leaks cannot be looked for under strace.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
mkdir in bin
printf '%%PDF-1.4 broken' >in/a.pdf
make_document zip in/b.zip
run() {
    strace -f -qq -e trace=execve -o trace pilcrow-index -j1 -d index "$@" in 2>&1
    echo "exit $?, $(grep -c 'execve("[^"]*pilcrow-extract"' trace) readers"
}
run
run
run --retry
printf '%%PDF-1.4 broken in another way' >in/a.pdf
run
pilcrow-index status --skipped --json -d index | jq -c '.skipped[] | [.path, .reason]'
cp "$(command -v pilcrow-index)" bin/
printf '<p>New text.' >in/c.html
bin/pilcrow-index -q -d index in 2>&1 | grep c.html
run
