. "$CORPUS/../tests/cli/helpers.sh"
pilcrow-index -q -d index "$CORPUS/articles"
n=0
while IFS=$'\t' read -r topic words; do
    n=$((n + 1))
    pilcrow -d index --format=trec --topic="$topic" -- $words >run 2>/dev/null ||
        echo "no hits for $topic: $words"
done <"$CORPUS/topics.tsv"
echo "$n topics"
