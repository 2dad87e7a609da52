cp "$CORPUS/articles/briefings.jsonl" .
pilcrow-index -q -d index briefings.jsonl
pilcrow -d index --cite=plain -n2 advisory opinion
echo
pilcrow -d index --cite=md -n1 advisory opinion
echo
pilcrow -d index --cite=plain --get "$(pilcrow -d index --json -n1 advisory opinion | jq -r .id)"
