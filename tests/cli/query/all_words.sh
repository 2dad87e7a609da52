. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'Here is a quokka.' >texts/a.txt
echo 'Here is a wombat.' >texts/b.txt
echo 'Here is a wombat and a quokka.' >texts/c.txt
pilcrow-index -q -d index texts
hits -d index --all quokka wombat
hits -d index --all quokka wombat -here
pilcrow -d index --all quokka wombat dingo
