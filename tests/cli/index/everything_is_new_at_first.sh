pilcrow-index -d index "$CORPUS/articles"
