pilcrow-index -q -d index "$CORPUS/articles"
seq 2000 | sed 's/$/	Kosovo dialogue/' >topics.tsv
for format in text trec md csv; do
    pilcrow -d index --topics=topics.tsv --format=$format | head -n 1 | cut -c1-5
    echo "${PIPESTATUS[0]}"
done
pilcrow -d index --topics=topics.tsv --count | head -n 1
pilcrow -d index --topics=topics.tsv --format=trec >/dev/full
echo "exit status $?"
