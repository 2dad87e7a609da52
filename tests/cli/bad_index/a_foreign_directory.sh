# Files of somebody else's are never written beside.
. "$CORPUS/../tests/cli/helpers.sh"
mkdir -p letters/segments
echo 'Dear John' >letters/john.txt
echo 'mine' >letters/segments/a
before=$(fingerprint letters)
pilcrow-index -d letters letters
echo $?
pilcrow -d letters Dear
echo $?
pilcrow-index verify -d letters
echo $?
pilcrow-index merge -d letters
echo $?
[ "$before" = "$(fingerprint letters)" ] && echo 'as it was'
ls letters
