. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts && cp "$CORPUS/articles/nato-skopje-2023.txt" texts
pilcrow-index -q -d index texts
hits -d index Kovacevski
hits -d index Kovačevski
hits -d index KOVAČEVSKI
