# It may be being written just now: what an earlier reading gave stays until the line is whole.
printf '{"id":"a","text":"The word is quokka."}\n{"id":"b","text":"The word is wombat."}\n' >a.jsonl
pilcrow-index -d index a.jsonl
printf '{"id":"a","text":"The word is quokka."}\n{"id":"b","text":"The word is din' >a.jsonl
pilcrow-index -d index a.jsonl
pilcrow --format=trec -d index quokka wombat | cut -d' ' -f3 | sort
printf 'go."}\n' >>a.jsonl
pilcrow-index -d index a.jsonl
pilcrow --format=trec -d index quokka wombat dingo | cut -d' ' -f3 | sort
