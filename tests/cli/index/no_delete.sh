mkdir texts
echo 'The word is quokka.' >texts/a.txt
echo 'The word is wombat.' >texts/b.txt
pilcrow-index -d index texts
rm texts/a.txt
pilcrow-index -d index --no-delete texts
pilcrow -d index quokka
pilcrow-index -d index texts
