. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'They signed the treaty on peace.' >texts/a.txt
printf 'Here is the\ntreaty, on peace.\n' >texts/b.txt
echo 'The peace on treaty was signed.' >texts/c.txt
echo 'The treaty. It is on the peace.' >texts/d.txt
pilcrow-index -q -d index texts
hits -d index '"the treaty on peace"' | sort
echo
hits -d index '“treaty on”' | sort
echo
hits -d index '"peace on treaty"' | sort
echo
hits -d index '"the" -"treaty on peace"' | sort
