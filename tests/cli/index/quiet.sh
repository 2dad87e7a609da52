pilcrow-index -q -d index "$CORPUS/articles" nowhere
