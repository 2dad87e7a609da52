# Both spellings put the same paragraph first.
. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts && cp "$CORPUS/articles/nato-skopje-2023.txt" texts
pilcrow-index -q -d index texts
hits -d index -n1 collective defense
hits -d index -n1 collective defence
