# What is answered is in the file, and the next run goes on behind it.
mkdir texts
echo 'The first bridge over the river was made of wood.' >texts/a.txt
echo 'The second bridge over the river was made of iron.' >texts/b.txt
echo 'The third bridge is too narrow for two cars.' >texts/c.txt
printf 'b\tbridge river\nw\twood\nnone\txylophone\n' >topics.tsv
pilcrow-index -q -d index texts
judge() {
    echo "== answers:$(printf ' %s' "$@")"
    echo "== answers:$(printf ' %s' "$@")" >&2
    printf '%s\n' "$@" | pilcrow -d index --judge=qrels.txt --topics=topics.tsv >shown
    echo "exit status $?"
    sed 's/help: .*/help:/' shown | grep -v '^  *[ynsbq0] ' | sed '1d'
    echo "-- the file"
    cat qrels.txt
}
judge q
judge y b 3 s
judge maybe 2 b b n
judge 0 b 1 ' Y ' q
judge y
