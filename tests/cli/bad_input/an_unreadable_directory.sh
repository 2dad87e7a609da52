. "$CORPUS/../tests/cli/helpers.sh"
mkdir -p texts/closed
echo 'The word is quokka.' >texts/a.txt
echo 'The word is wombat.' >texts/closed/b.txt
pilcrow-index -d index texts
chmod 000 texts/closed
powerless pilcrow-index -d index texts
echo $?
pilcrow -d index wombat
powerless pilcrow-index -d index texts/closed
echo $?
