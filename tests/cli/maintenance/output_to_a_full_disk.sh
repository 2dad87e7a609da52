echo lion >a.txt
pilcrow-index -q -d index a.txt
for verb in verify merge 'remove -n a.txt'; do
    # shellcheck disable=SC2086
    pilcrow-index $verb -d index >/dev/full
    echo "$verb: $?"
done
