. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts directory
echo 'The bridge over the river.' >texts/a.txt
printf 'b\tbridge\n' >topics.tsv
pilcrow-index -q -d index texts
try() {
    echo "== $*" >&2
    echo y | powerless pilcrow -d index "$@" >shown
    echo "exit status $?" >&2
}
try --judge=q
try --judge=- --topics=topics.tsv
try --judge=q --topics=-
try --judge=q --topics=topics.tsv --json
try --judge=q --topics=topics.tsv --count
try --judge=q --topics=topics.tsv --eval=q
try --judge=q --topics=topics.tsv bridge
try --judge=q --topics=nowhere
try --judge=q --topics=topics.tsv -d nowhere
ls q 2>&1
try --judge=directory --topics=topics.tsv
try --judge=nowhere/q --topics=topics.tsv
try --judge=/dev/full --topics=topics.tsv
echo 'b 0 texts/a.txt:1 0' >locked
chmod a-w locked
try --judge=locked --topics=topics.tsv
printf 'b 0 texts/a.txt:2 1\nhello\n' >other
try --judge=other --topics=topics.tsv
cat other
printf 'b 0 texts/a.txt:1 1\nb 0 texts/a.txt:1 0\n' >twice
try --judge=twice --topics=topics.tsv
echo 'b 1 x' >>topics.tsv
try --judge=q --topics=topics.tsv
cat q
echo "== cut off" >&2
printf 'b 0 texts/a.txt:1 1\nb 0 texts/a' >q
try --judge=q --topics=topics.tsv
cat q
printf 'none\txylophone\n' >topics.tsv
try --judge=q --topics=topics.tsv
