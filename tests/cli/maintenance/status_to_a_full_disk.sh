pilcrow-index -q -d index "$CORPUS/articles"
pilcrow-index status -d index >/dev/full
