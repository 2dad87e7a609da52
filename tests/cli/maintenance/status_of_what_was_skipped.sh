mkdir texts
echo 'The word is quokka.' >texts/a.txt
printf 'a\0b' >texts/b.txt
printf '{"id":"a","text":"The word is wombat."}\nbroken\n' >texts/c.jsonl
pilcrow-index -q -d index texts
echo $?
pilcrow-index status --skipped -d index
