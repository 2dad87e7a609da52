# Segments of a few MB of text each; the answers are those of one segment.
for i in $(seq 60); do
    mkdir texts-$i
    for name in "$CORPUS"/articles/*.txt "$CORPUS"/articles/*.md; do
        { cat "$name" && printf '\n\nThis is copy number%s.\n' $i; } >"texts-$i/${name##*/}"
    done
done
pilcrow-index -d small --memory=16M texts-*
pilcrow-index -d large texts-*
pilcrow-index status --json -d small | grep -o '{"id"' | wc -l
for index in small large; do
    pilcrow -d $index --format=trec -n10000 Prespa 'licence plates' | cut -d' ' -f3,5 | sort >$index.hits
done
wc -l <small.hits
cmp small.hits large.hits
