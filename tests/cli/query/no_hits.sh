pilcrow-index -q -d index "$CORPUS/articles"
pilcrow -d index quokka
echo $?
pilcrow -d index --json quokka
echo $?
pilcrow -d index --format=trec quokka
echo $?
