pilcrow-index -q -d index "$CORPUS/articles"
printf 't1\tcollective defense\nt2\tAlliance 2004\n' >topics.tsv
run() {
    echo "--- $*"
    pilcrow -d index --topics=topics.tsv "$@"
}
run -n2 --format=trec --run=base
run -n2 --format=csv | cut -d, -f1-4
run -n2 --format=tsv | cut -f1-4
run -n2 --json | grep -o '"topic":"[^"]*","rank":[0-9]*'
run -n1 --template='{topic}\t{path}:{line}'
run --count
run -n2 --files
echo "--- without topics there is no such column"
pilcrow -d index --format=tsv -n1 NATO | head -n 1 | cut -f1-2
pilcrow -d index --json -n1 NATO | grep -c '"topic"'
pilcrow -d index --template='{topic} {rank}' --topic=t9 -n1 NATO
