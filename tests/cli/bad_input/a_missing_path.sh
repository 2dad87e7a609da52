echo 'The word is quokka.' >a.txt
pilcrow-index -d index nowhere a.txt
echo $?
pilcrow --format=trec -d index quokka
pilcrow-index -d other nowhere
echo $?
ls
