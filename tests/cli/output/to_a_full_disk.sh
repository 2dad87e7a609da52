pilcrow-index -q -d index "$CORPUS/articles"
for format in text json trec; do
    pilcrow -d index --format=$format -n100 NATO >/dev/full
    echo $?
done
for style in plain md bibtex csl-json; do
    pilcrow -d index --cite=$style -n100 NATO >/dev/full
    echo $?
done
pilcrow-index -d other "$CORPUS/articles" >/dev/full
echo $?
pilcrow -d other --format=trec NATO -n1 | wc -l
