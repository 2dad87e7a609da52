mkdir texts
echo 'The word is quokka.' >texts/a.txt
pilcrow-index -d index texts
mv texts gone
pilcrow-index -d index texts
echo $?
echo 'The word is wombat.' >other.txt
pilcrow-index -d index texts other.txt
echo $?
pilcrow -d index quokka
