. "$CORPUS/../tests/cli/helpers.sh"
pilcrow-index -q -d index "$CORPUS/articles"
before=$(fingerprint index)
pilcrow-index -d index "$CORPUS/articles"
# The lock is written by each run.
generation index
ls index/segments | wc -l
