# Its bytes are not what was indexed, but its size, time and inode are.
mkdir texts
echo 'The word is quokka.' >texts/a.txt
touch -d 2001-01-01 texts/a.txt
pilcrow-index -q -d index texts
echo 'The word is wombat.' >texts/a.txt
touch -d 2001-01-01 texts/a.txt
mv texts/a.txt texts/b.txt
pilcrow-index -d index texts
pilcrow -d index quokka
