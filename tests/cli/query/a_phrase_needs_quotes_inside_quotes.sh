. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'All of them were on the attack.' >texts/a.txt
echo 'An attack on all.' >texts/b.txt
pilcrow-index -q -d index texts
hits -d index "attack on all" | wc -l
hits -d index '"attack on all"'
hits -d index \"attack on all\"
