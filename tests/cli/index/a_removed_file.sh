mkdir texts
echo 'The word is quokka.' >texts/a.txt
echo 'The word is wombat.' >texts/b.txt
pilcrow-index -d index texts
rm texts/a.txt
pilcrow-index -d index texts
pilcrow -d index word
pilcrow -d index quokka
