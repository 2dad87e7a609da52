mkdir texts
echo 'The old word is quokka.' >texts/a.txt
echo 'Another text.' >texts/b.txt
pilcrow-index -d index texts
echo 'The new word is wombat.' >texts/a.txt
pilcrow-index -d index texts
pilcrow -d index wombat
pilcrow -d index quokka
