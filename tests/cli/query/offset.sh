pilcrow-index -q -d index "$CORPUS/articles"
pilcrow -d index --format=trec -n20 Kosovo >all
pilcrow -d index --format=trec -n5 --offset=10 Kosovo >some
sed -n 11,15p all | cmp - some
cut -d' ' -f4 some
pilcrow -d index --offset=1000 Kosovo
