truncate -s 1T a.txt
echo 'The word is quokka.' >b.txt
timeout 20 pilcrow-index -d index a.txt b.txt
echo $?
pilcrow --format=trec -d index quokka
