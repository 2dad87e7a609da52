# Paragraphs with the same text are judged once; one that the file has already stays as it is.
mkdir texts
for name in a b c; do echo 'The bridge over the river was made of wood.' >texts/$name.txt; done
printf 'b\tbridge\n' >topics.tsv
pilcrow-index -q -d index texts
echo 2 | pilcrow -d index --judge=qrels.txt --topics=topics.tsv
cat qrels.txt
echo 'b 0 texts/b.txt:1 0' >qrels.txt
echo 3 | pilcrow -d index --judge=qrels.txt --topics=topics.tsv | grep copies
cat qrels.txt
