# As with head: the end is quiet.
for i in 1 2 3 4 5 6 7 8; do cp -r "$CORPUS/articles" texts-$i; done
pilcrow-index -q -d index texts-*
pilcrow -d index -n1000 the | head -1 | wc -l
echo "${PIPESTATUS[0]}"
pilcrow -d index -n1000 --json the | head -1 | wc -l
echo "${PIPESTATUS[0]}"
for style in plain md bibtex csl-json; do
    pilcrow -d index -n1000 --cite=$style the | head -1 | wc -l
    echo "${PIPESTATUS[0]}"
done
