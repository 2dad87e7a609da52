# -Serbia is no exclusion there: options stand before the first word.
pilcrow-index -q -d index "$CORPUS/articles"
pilcrow -d index -Serbia NATO
