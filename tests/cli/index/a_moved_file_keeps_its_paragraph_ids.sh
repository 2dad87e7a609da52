mkdir texts
echo 'The word is quokka.' >texts/a.txt
pilcrow-index -q -d index texts
id() { pilcrow --json -d index quokka | sed 's/.*"id":"\([^"]*\)".*/\1/'; }
before=$(id)
mkdir texts/deeper
mv texts/a.txt texts/deeper/b.txt
pilcrow-index -d index texts
[ "$before" = "$(id)" ] && echo 'the same id'
