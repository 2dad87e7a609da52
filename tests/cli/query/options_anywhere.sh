# With one letter or two dashes an option is one, before and behind the words.
pilcrow-index -q -d index "$CORPUS/articles"
pilcrow -d index --format=trec -n5 NATO >first
pilcrow NATO -n5 --format=trec -d index >last
pilcrow NATO -n 5 --format trec --index=index >apart
wc -l <first
cmp first last
cmp first apart
