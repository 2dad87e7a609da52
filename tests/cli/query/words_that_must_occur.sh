. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'Here is a quokka.' >texts/a.txt
echo 'Here is a wombat.' >texts/b.txt
echo 'Here is a wombat and a quokka.' >texts/c.txt
pilcrow-index -q -d index texts
hits -d index +quokka wombat
echo
hits -d index +quokka +wombat
echo
hits -d index '+"a quokka"' +wombat
