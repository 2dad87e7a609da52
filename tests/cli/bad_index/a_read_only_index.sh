# Who may not write to it can search it.
. "$CORPUS/../tests/cli/helpers.sh"
echo 'The word is quokka.' >a.txt
pilcrow-index -q -d index a.txt
chmod -R a-w index
before=$(fingerprint index)
powerless pilcrow --format=trec -d index quokka
powerless pilcrow-index verify -d index
powerless pilcrow-index status -d index >/dev/null
echo $?
echo 'The word is wombat.' >a.txt
powerless pilcrow-index -d index a.txt
echo $?
[ "$before" = "$(fingerprint index)" ] && echo 'as it was'
