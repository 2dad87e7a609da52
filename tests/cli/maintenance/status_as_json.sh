mkdir texts
echo 'The word is quokka.' >texts/a.txt
printf 'a\0b' >texts/b.txt
pilcrow-index -q -d index texts
pilcrow-index status --json -d index
