printf '{"id":"a","text":"The word is quokka."}\n{"id":"b","text":"The word is wombat."}\n' >a.jsonl
pilcrow-index -d index a.jsonl
printf '{"id":"c","text":"The word is dingo."}\n' >>a.jsonl
pilcrow-index -d index a.jsonl
pilcrow -d index dingo
