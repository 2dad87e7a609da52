echo 'The word is quokka.' >a.txt
pilcrow-index -d index a.txt
printf 'a\0b' >a.txt
pilcrow-index -d index a.txt
pilcrow -d index quokka
