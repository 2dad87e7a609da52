# Options that are none of how topics are looked for are refused before anything is read.
pilcrow-index -q -d index "$CORPUS/articles"
topics=$CORPUS/topics.tsv qrels=$CORPUS/qrels.txt
try() {
    echo "== $*" | sed "s|$CORPUS|CORPUS|g" >&2
    pilcrow -d index "$@" >out
    echo "exit status $?" >&2
}
compare() {
    try --eval=nowhere --topics=nowhere --compare "$@"
}
compare --help ''
compare '' '--json -n5'
compare '' '-d elsewhere'
compare '--eval=x' ''
compare '' '--fix'
compare '--langauge=en' ''
compare '--limit=0' ''
compare '' '--language=xx-nowhere'
compare '' "--synonyms='my words"
compare '' '--per-article=2'
compare '--all' 'Kosovo dialogue'
compare '--all' '-- --all'
compare '--all'
compare
compare '' --synonyms=nowhere
try --compare '' --all
try --compare '' --all Kosovo
try --format=svg Kosovo
try --eval="$qrels" --topics="$topics" --format=svg
try --eval="$qrels" --topics="$topics" --compare '' '' --format=md
try --eval="$qrels" --topics="$topics" --compare '' '' --count
try --eval="$qrels" --topics="$topics" --compare '' '' Kosovo
printf 'other 0 a 1\n' >others
try --eval=others --topics="$topics" --compare '' --all
printf 't01 0 collective-defence.md:1 1\nt99 0 b 1\n' >some
printf 't01\tcollective defense\nt01b\tpeace\nt99\tdate:20x3\n' >topics
try --eval=some --topics=topics --compare '' --all
cat out
