cp "$CORPUS/articles/briefings.jsonl" .
pilcrow-index -q -d index briefings.jsonl
pilcrow -d index --format=tsv -n2 advisory opinion
