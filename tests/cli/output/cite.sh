cp "$CORPUS/articles/briefings.jsonl" .
pilcrow-index -q -d index briefings.jsonl
pilcrow -d index --cite=plain -n2 advisory opinion
echo
pilcrow -d index --cite=md -n1 advisory opinion
echo
pilcrow -d index --cite=plain --get "$(pilcrow -d index --json -n1 advisory opinion | jq -r .id)"
echo
printf 'a\tadvisory *opinion*\nb\t"General Assembly"\n' >topics.tsv
for style in plain md; do
    pilcrow -d index --cite=$style -n1 --sentences=1 --topics=topics.tsv
done
