pilcrow-index -q -d index "$CORPUS/articles"
pilcrow-index verify -d index
