echo '{"id":"a","text":"The word is quokka."}' >records.log
pilcrow-index -d index --format=jsonl records.log
pilcrow --format=trec -d index quokka
pilcrow-index -d index --format=xlsx records.log
