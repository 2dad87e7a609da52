. "$CORPUS/../tests/cli/helpers.sh"
[ "$(id -u)" -eq 0 ] || skip 'becoming somebody else takes root'
nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"; }
chmod a+rx . ..
nobody pilcrow --version >/dev/null 2>&1 || skip 'nobody may not run the programs here'
nobody test -r "$PWD" || skip 'nobody may not come here'
echo 'The word is quokka.' >a.txt
pilcrow-index -q -d index a.txt
nobody pilcrow --format=trec -d index quokka
nobody pilcrow-index verify -d index
nobody pilcrow-index -d index a.txt
echo $?
