# A query is stemmed as the languages of the index do, or as one is told to.
. "$CORPUS/../tests/cli/helpers.sh"
mkdir french english
echo 'Le cheval est dans la prairie.' >french/a.txt
echo 'The horse is in the meadow.' >english/b.txt
pilcrow-index -q -d index --language=fr french
pilcrow-index -q -d index english
hits -d index chevaux
hits -d index horses
hits -d index --language=fr chevaux
hits -d index --language=en chevaux
