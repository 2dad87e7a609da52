echo 'The word is quokka.' | pilcrow-index -d index -
echo 'The word is wombat.' | pilcrow-index -d index -
echo 'The word is wombat.' | pilcrow-index -d index -
mkdir texts
echo 'The word is dingo.' >texts/a.txt
pilcrow-index -d index texts
pilcrow --format=trec -d index quokka wombat dingo | wc -l
