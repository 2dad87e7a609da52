echo 'The word is quokka.' >a.txt
: >index
pilcrow-index -d index a.txt
echo $?
pilcrow -d index quokka
echo $?
pilcrow-index status -d index/deeper
echo $?
wc -c <index
