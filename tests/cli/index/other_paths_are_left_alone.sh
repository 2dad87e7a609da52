# What disappeared elsewhere than below the PATHs of this run stays.
mkdir one two
echo 'The word is quokka.' >one/a.txt
echo 'The word is wombat.' >two/b.txt
pilcrow-index -d index one two
rm one/a.txt
echo 'The word is wombat, again.' >two/b.txt
pilcrow-index -d index two
pilcrow -d index quokka
