. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'Talks on a lasting peace began.' >texts/a.txt
echo 'Peace talks began.' >texts/b.txt
echo 'Peace is not what these talks are about.' >texts/c.txt
echo 'The Euro-Atlantic area.' >texts/d.txt
pilcrow-index -q -d index texts
hits -d index '"peace talks"~0' | sort
echo
hits -d index peace NEAR/3 talks | sort
echo
hits -d index 'peace NEAR/4 talks' | sort
echo
hits -d index +began -peace NEAR/2 talk
echo
hits -d index '"area the"~1'
echo
hits -d index '"peace peace"~9'
echo
hits -d index -n1 'NEAR/3 talks' | wc -l
hits -d index '"peace talks"~two'
