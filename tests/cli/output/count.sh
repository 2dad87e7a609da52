cp "$CORPUS/articles/briefings.jsonl" "$CORPUS/articles/icty.html" .
pilcrow-index -q -d index .
for query in Kosovo tribunal 'Kosovo tribunal' '+Kosovo tribunal' '"advisory opinion"' '-Kosovo tribunal'; do
    n=$(pilcrow -d index -c -- "$query")
    [ "$n" -eq "$(pilcrow -d index -n100000 --format=trec -- "$query" | wc -l)" ] || echo "wrong: $query"
    echo "$n $query"
done
pilcrow -d index --count xylophone || echo "exit status $?"
