cp "$CORPUS/articles/briefings.jsonl" .
pilcrow-index -q -d index briefings.jsonl
pilcrow -d index --json -n2 advisory opinion
pilcrow -d index -j -n1 advisory opinion | cmp - <(pilcrow -d index --format=json -n1 advisory opinion)
