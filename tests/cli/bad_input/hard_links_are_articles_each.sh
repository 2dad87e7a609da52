mkdir texts
echo 'The word is quokka.' >texts/a.txt
ln texts/a.txt texts/b.txt
pilcrow-index -d index texts
rm texts/a.txt
pilcrow-index -d index texts
pilcrow --format=trec -d index quokka
