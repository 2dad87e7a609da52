# A directory of that name alone does not make it ours.
. "$CORPUS/../tests/cli/helpers.sh"
mkdir -p film/segments/scene-1 film/catalogue-of-scenes
echo 'mine' >film/segments/scene-1/take
echo 'mine' >film/catalogue-of-scenes/a
before=$(fingerprint film)
echo 'The word is quokka.' >a.txt
pilcrow-index -d film a.txt
echo $?
[ "$before" = "$(fingerprint film)" ] && echo 'as it was'
