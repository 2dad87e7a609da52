# A paragraph that has no word of the topic, but many of the best one, is judged as well; what is
# marked are the words of the topic.
mkdir texts
cat >texts/a.txt <<'END'
The bridge at Mitrovica divides the town; pedestrians cross the Ibar under the eyes of the police.

Pedestrians who cross the Ibar at Mitrovica are watched by the police of the town.

Nothing of that kind is known of other places.
END
printf 'b\tbridge\n' >topics.tsv
pilcrow-index -q -d index texts
yes s | pilcrow -d index --judge=qrels.txt --topics=topics.tsv --color=always 2>/dev/null |
    grep -a '¶\|edestrians' | grep -ao '¶[0-9]*\|.\[1;31m[a-z]*' | tr '\033' '^'
