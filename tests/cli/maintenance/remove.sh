. "$CORPUS/../tests/cli/helpers.sh"
mkdir -p texts/deeper
echo 'The word is quokka.' >texts/a.txt
echo 'The word is quokka.' >texts/ab.txt
echo 'The word is quokka.' >texts/deeper/b.txt
pilcrow-index -d index texts
pilcrow-index remove -d index --dry-run texts/a.txt
pilcrow-index remove -d index texts/a.txt
articles -d index quokka
rm -r texts/deeper
pilcrow-index remove -d index texts/deeper
articles -d index quokka
pilcrow-index remove -d index nowhere
echo $?
