. "$CORPUS/../tests/cli/helpers.sh"
echo 'The word is quokka.' >a.txt
pilcrow-index -q -d index a.txt
chmod 000 index
powerless pilcrow -d index quokka
echo $?
powerless pilcrow-index status -d index
echo $?
powerless pilcrow-index -d index a.txt
echo $?
