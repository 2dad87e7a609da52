mkdir texts
echo 'The word is quokka.' >texts/a.txt
pilcrow-index -d index texts
touch -d 2001-01-01 texts/a.txt
pilcrow-index -d index texts
touch -d 2002-01-01 texts/a.txt
pilcrow-index -d index -v texts
