# On a terminal there are bars, as wide as it is, and headings in bold where there may be colors.
. "$CORPUS/../tests/cli/helpers.sh"
command -v script >/dev/null || skip "there is no script(1)"
pilcrow-index -q -d index "$CORPUS/articles"
export TERM=xterm
ask="pilcrow -d index --topics=$CORPUS/topics.tsv --eval=$CORPUS/qrels.txt --compare --no-variants ''"
show() {
    script -qec "stty cols $1; $ask" /dev/null | tr -d '\r' | sed 's/\x1B/^[/g' | sed -n '4,$p'
}
show 72 | head -n 9
NO_COLOR=1 show 60 | head -n 9
echo "no room for bars:"
show 50 | sed -n 2p
