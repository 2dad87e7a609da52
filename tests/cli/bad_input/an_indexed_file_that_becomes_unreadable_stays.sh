. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'The word is quokka.' >texts/a.txt
echo 'The word is wombat.' >texts/b.txt
pilcrow-index -d index texts
echo 'The word is now dingo.' >texts/b.txt
chmod 000 texts/b.txt
powerless pilcrow-index -d index texts
echo $?
pilcrow -d index wombat
