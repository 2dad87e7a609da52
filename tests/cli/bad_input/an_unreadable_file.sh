. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'The word is quokka.' >texts/a.txt
echo 'The word is wombat.' >texts/b.txt
chmod 000 texts/b.txt
powerless pilcrow-index -d index texts
echo $?
pilcrow-index status --skipped -d index
chmod 644 texts/b.txt
powerless pilcrow-index -d index texts
