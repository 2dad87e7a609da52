. "$CORPUS/../tests/cli/helpers.sh"
command -v flock >/dev/null || skip 'flock(1) is not installed'
echo 'The word is quokka.' >a.txt
pilcrow-index -q -d index a.txt
echo 12345 >index/lock
echo 'The word is wombat.' >a.txt
for verb in '' merge remove; do
    [ "$verb" = merge ] && path= || path=a.txt
    flock index/lock pilcrow-index $verb -d index $path
    echo $?
done
# Readers are not kept out.
flock index/lock pilcrow --format=trec -d index quokka
flock index/lock pilcrow-index verify -d index
flock index/lock pilcrow-index status -d index >/dev/null
flock index/lock pilcrow-index --dry-run -d index a.txt
# Who died holding it keeps nobody out either.
pilcrow-index -d index a.txt
