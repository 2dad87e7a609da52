# Wherever the disk gets full, the last commit stands and the next run completes the work.
. "$CORPUS/../tests/cli/helpers.sh"
[ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null || skip 'mounting takes root'
# libxapian loses memory when it cannot write; what of ours is lost shows elsewhere.
export ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0"
mkdir disk
cat >inside <<'SCRIPT'
mount -t tmpfs -o size=8M none disk || exit 77
n_full=0
for size in $(seq 100 60 1000); do
    rm -rf disk/*
    mount -o remount,size=8M disk
    pilcrow-index -q -d disk/index "$CORPUS/articles/kfor.txt"
    mount -o remount,size=${size}k disk
    pilcrow-index -q -d disk/index "$CORPUS/articles" 2>messages
    status=$?
    case $status in
    0) ;;
    6) n_full=$((n_full + 1)) ; grep -q 'No space left on device' messages || cat messages ;;
    *) echo "$size: exit $status" ; cat messages ;;
    esac
    pilcrow -d disk/index --format=trec KFOR >out || echo "$size: no hits"
    pilcrow-index verify -q -d disk/index
    mount -o remount,size=8M disk
    pilcrow-index -d disk/index "$CORPUS/articles" | sed 's/:.*//'
done | sort | uniq -c
SCRIPT
unshare -m bash inside
