mkdir texts
echo 'The word is quokka.' >texts/a.txt
pilcrow-index -d index --dry-run texts
ls
