. "$CORPUS/../tests/cli/helpers.sh"
pilcrow-index -q -d index "$CORPUS/articles"
before=$(fingerprint index)
pilcrow-index verify -d index
[ "$before" = "$(fingerprint index)" ] && echo 'as it was'
