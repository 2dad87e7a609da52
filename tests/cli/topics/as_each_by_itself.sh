# A run of all topics is that of each by itself, one behind the other; also when they come as TREC
# has them.
pilcrow-index -q -d index "$CORPUS/articles"
while IFS=$'\t' read -r topic words; do
    pilcrow -d index --format=trec --topic="$topic" -- $words 2>/dev/null
done <"$CORPUS/topics.tsv" >each
awk -F '\t' '{ print "<top>\n<num> Number: " $1 "\n<title> " $2 "\n<desc> Description:\nNone\n</top>" }' \
    "$CORPUS/topics.tsv" >topics.trec
for topics in "$CORPUS/topics.tsv" topics.trec; do
    pilcrow -d index --format=trec --topics="$topics" >all && cmp each all && wc -l <all
done
