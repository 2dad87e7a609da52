# Fills up while indexing; then what was there before is there, and there is room again.
. "$CORPUS/../tests/cli/helpers.sh"
[ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null || skip 'mounting takes root'
mkdir disk texts
cat >inside <<'SCRIPT'
mount -t tmpfs -o size=512k none disk || exit 77
echo 'The word is quokka.' >texts/a.txt
pilcrow-index -d disk/index texts
for i in $(seq 40); do
    for name in "$CORPUS"/articles/*.txt; do
        { cat "$name" && echo && echo "copy $i"; } >"texts/$i-${name##*/}"
    done
done
pilcrow-index -d disk/index texts
echo $?
pilcrow --format=trec -d disk/index quokka
pilcrow-index verify -d disk/index
ls disk/index/segments | wc -l
mount -o remount,size=16M disk
pilcrow-index -d disk/index texts
pilcrow-index verify -d disk/index >/dev/null && echo 'no faults'
SCRIPT
unshare -m bash inside
