mkdir texts
echo 'Here is a quokka.' >texts/a.txt
echo 'Here is a wombat.' >texts/b.txt
echo 'Here is a wombat and a quokka.' >texts/c.txt
echo 'Here is nothing.' >texts/d.txt
pilcrow-index -q -d index texts
pilcrow -d index quokka wombat
