. "$CORPUS/../tests/cli/helpers.sh"
pilcrow-index -q -d index "$CORPUS/articles"
segment=$(echo index/segments/*)
# Each file in turn, one byte in its midst.
for file in index/manifest index/catalogue-* "$segment"/*; do
    [ -s "$file" ] || continue
    cp "$file" saved
    size=$(stat -c %s "$file")
    byte=$(dd if="$file" bs=1 skip=$((size / 2)) count=1 status=none | od -An -tu1)
    printf "\\$(printf %o $(((byte + 1) % 256)))" | dd of="$file" bs=1 seek=$((size / 2)) conv=notrunc status=none
    before=$(fingerprint index)
    pilcrow-index verify -d index >out 2>&1
    echo "${file##*/} $?"
    [ "$before" = "$(fingerprint index)" ] || echo 'verify wrote'
    cp saved "$file"
done | sed 's/catalogue-1/catalogue/'
pilcrow-index verify -d index
