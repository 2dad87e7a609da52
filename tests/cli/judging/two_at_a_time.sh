# The file is one person's at a time.
mkdir texts
echo 'The bridge over the river.' >texts/a.txt
echo 'The bridge over the lake.' >texts/b.txt
printf 'b\tbridge\n' >topics.tsv
pilcrow-index -q -d index texts
mkfifo keys
exec 9<>keys
pilcrow -d index --judge=qrels.txt --topics=topics.tsv <keys >shown &
while ! grep -q help: shown 2>/dev/null; do sleep 0.02; done
echo n | pilcrow -d index --judge=qrels.txt --topics=topics.tsv
echo "exit status $?"
printf 'y\nq\n' >&9
wait $!
echo "exit status $?"
cut -d' ' -f4 qrels.txt
echo n | pilcrow -d index --judge=qrels.txt --topics=topics.tsv >shown
echo "exit status $?"
cut -d' ' -f4 qrels.txt
