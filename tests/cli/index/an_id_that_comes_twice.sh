printf '{"id":"a","text":"The word is quokka."}\n{"id":"a","text":"The word is wombat."}\n' >a.jsonl
pilcrow-index -d index a.jsonl
pilcrow-index -d index a.jsonl
pilcrow --format=trec -d index quokka wombat
pilcrow-index verify -d index
