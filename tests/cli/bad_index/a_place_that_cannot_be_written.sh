. "$CORPUS/../tests/cli/helpers.sh"
echo 'The word is quokka.' >a.txt
mkdir closed
chmod 555 closed
powerless pilcrow-index -d closed/index a.txt
