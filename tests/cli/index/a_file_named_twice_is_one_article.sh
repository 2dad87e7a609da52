mkdir texts
echo 'The word is quokka.' >texts/a.txt
pilcrow-index -d index texts texts/a.txt ./texts/../texts
pilcrow --format=trec -d index quokka
