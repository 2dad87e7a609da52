# 40 bytes changed here and there in each table: a query shows what is right, or says that the index
# is damaged; verify finds each.
pilcrow-index -q -d index "$CORPUS/articles/nato-skopje-2023.txt"
segment=$(echo index/segments/*)
pilcrow -d index --json Kosovo >right
cp -r index saved
n=0
for file in "$segment"/*glass; do
    for part in 1 2 3 4 5 6 7 8 9; do
        rm -rf index && cp -r saved index
        size=$(stat -c %s "$file")
        yes '###damage###' | head -c 40 |
            dd of="$file" bs=1 seek=$((size * part / 10)) conv=notrunc status=none
        n=$((n + 1))
        timeout 10 pilcrow -d index --json Kosovo >came 2>messages
        status=$?
        case $status in
        0) cmp -s right came || echo "${file##*/} at $part/10: wrong hits" ;;
        4) [ -s came ] && echo "${file##*/} at $part/10: hits and exit 4" ;;
        *) echo "${file##*/} at $part/10: exit $status: $(cat messages)" ;;
        esac
        pilcrow-index verify -d index >messages 2>&1 && echo "${file##*/} at $part/10: not found by verify"
    done
done
echo "$n damaged"
