. "$CORPUS/../tests/cli/helpers.sh"
echo 'The word is quokka.' >a.txt
pilcrow-index -q -d index a.txt
mv index/segments/* database
before=$(fingerprint database)
pilcrow-index -d database a.txt
echo $?
pilcrow -d database quokka
echo $?
[ "$before" = "$(fingerprint database)" ] && echo 'as it was'
