yes 'no JSON' | head -1000 >a.jsonl
echo '{"id":"a","text":"The word is quokka."}' >>a.jsonl
pilcrow-index -d index a.jsonl
echo $?
pilcrow -d index --format=trec quokka
