# Never waited for.
mkdir texts
mkfifo texts/pipe.txt
echo 'The word is quokka.' >texts/a.txt
timeout 10 pilcrow-index -d index texts
echo $?
timeout 10 pilcrow-index -d index texts/pipe.txt
echo $?
pilcrow --format=trec -d index quokka
