cp "$CORPUS/articles/enlargement.jsonl" 'a file.jsonl'
pilcrow-index -q -d index 'a file.jsonl'
pilcrow -d index --format=trec -n3 --topic=t42 --run=base Serbia
pilcrow -d index --format=trec --run='two words' Serbia
