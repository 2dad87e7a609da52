. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'The United Nations met.' >texts/a.txt
echo 'All nations met: united nations, so to speak.' >texts/b.txt
echo 'A NATION met.' >texts/c.txt
echo 'The Euro-Atlantic and the EuroAtlantic café.' >texts/d.txt
pilcrow-index -q -d index texts
hits -d index =Nations
echo
hits -d index exact:nations
echo
hits -d index met -=nations | sort
echo
hits -d index '="United Nations"'
echo
hits -d index '"United Nations"' | sort
echo
hits -d index =Euro-Atlantic =cafe
echo
pilcrow -d index --json =café =EuroAtlantic | grep -o '"ranges":.*'
echo
hits -d index '="met"~3'
