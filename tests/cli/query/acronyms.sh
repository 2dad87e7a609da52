# Acronyms of the corpus: listed, found, shown by --expand, and the same whatever the threads.
. "$CORPUS/../tests/cli/helpers.sh"
pilcrow-index -q -d index "$CORPUS/articles"
pilcrow -d index --acronyms
pilcrow -d index --acronyms --json | head -n 1
pilcrow -d index --expand PfP
for words in PfP '"Partnership for Peace"' 'Partnership for Peace'; do
    pilcrow -d index --count "$words"
    pilcrow -d index --count --no-variants "$words"
done
pilcrow-index -q -j 1 -d one "$CORPUS/articles"
pilcrow-index -q -j 4 -d four "$CORPUS/articles"
cmp <(cat one/segments/*/postlist.glass) <(cat four/segments/*/postlist.glass) && echo "the same"
echo "== none"
echo 'No definitions (here).' >a.txt
pilcrow-index -q -d none a.txt
pilcrow -d none --acronyms
echo "exit status $?"
echo "== what does not go"
pilcrow -d index --acronyms KFOR
pilcrow -d index --acronyms --expand
pilcrow -d index --acronyms --format=csv
pilcrow -d index --acronyms >/dev/full
echo "exit status $?"
pilcrow -d index --acronyms | head -n 1
