mkdir -p texts/deeper/still
echo 'The word is quokka.' >texts/deeper/still/a.txt
echo 'The word is wombat.' >texts/b.txt
pilcrow-index -d index texts
rm -r texts/deeper
pilcrow-index -d index texts
pilcrow -d index quokka
