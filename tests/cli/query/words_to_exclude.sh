# After the first word, a dash and two letters exclude.
. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'Here are NATO and Albania.' >texts/a.txt
echo 'Here are NATO and Serbia.' >texts/b.txt
echo 'Here is NATO.' >texts/c.txt
pilcrow-index -q -d index texts
hits -d index NATO -Serbia | sort
echo
hits -d index NATO -Serbia -Albania
echo
hits -d index NATO '-"and Serbia"' | sort
echo
pilcrow --format=trec NATO -Serbia -d index -n1 | wc -l
