# A file that names paragraphs in another way is gone on with in that way; one that was made in
# another directory, or judges articles, is not.
mkdir -p texts/deep
echo 'The first bridge over the river was made of wood.' >texts/deep/a.txt
echo 'The second bridge over the river was made of iron.' >texts/deep/b.txt
printf 'b\tbridge\n' >topics.tsv
pilcrow-index -q -d index texts
go_on() {
    echo "b 0 $1 2" >qrels.txt
    echo y | pilcrow -d index --judge=qrels.txt --topics=topics.tsv >shown
    echo "exit status $?"
    cat qrels.txt
}
go_on texts/deep/a.txt:1
go_on a.txt:1
go_on "$(pilcrow -d index --template='{id}' -n1 wood)"
go_on elsewhere/texts/deep/a.txt:1
go_on texts/deep/a.txt
