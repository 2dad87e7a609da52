. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'Here are NATO and Albania.' >texts/a.txt
echo 'Here are NATO and Serbia.' >texts/b.txt
echo 'The word json and NATO.' >texts/c.txt
pilcrow-index -q -d index texts
hits -d index -- -Serbia NATO | sort
echo
hits -d index -- --json
