. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'The word is quokka.' >texts/a.txt
pilcrow-index -d index texts
pilcrow-index remove -d index texts/a.txt
pilcrow-index -d index texts
articles -d index quokka
