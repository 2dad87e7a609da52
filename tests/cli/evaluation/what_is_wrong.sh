# Of what makes an evaluation mean something else than it seems, something is said.
pilcrow-index -q -d index "$CORPUS/articles"
topics=$CORPUS/topics.tsv
try() {
    echo "== $*" | sed "s|$CORPUS|CORPUS|g" >&2
    pilcrow -d index "$@" >out
    echo "exit status $?" >&2
}
printf 't01 0 a 1\n' >elsewhere
printf 'other 0 a 1\n' >others
printf 't01 0 a\n' >short
printf 't01 0 collective-defence.md:1 1\nt99 0 b 1\n' >some
printf 't01\tcollective defense\nt01b\tpeace\nt99\tdate:20x3\n' >topics
try --eval=elsewhere --topics="$topics"
try --eval=others --topics=topics
try --eval=short --topics=topics
try --eval=nowhere --topics=topics
try --eval=some --topics=topics
cat out
try --eval=some
try --eval=some --topics=topics --count
try --eval=some --topics=topics --format=md
try --eval=- --topics=-
