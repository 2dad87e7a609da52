printf '{"id":"a","text":"The word is quokka."}\n{"id":"b","text":"The word is wombat."}\n' |
    pilcrow-index -d index --format=jsonl -
printf '{"id":"b","text":"The word is dingo."}\n' | pilcrow-index -d index --format=jsonl -
pilcrow --format=trec -d index quokka wombat dingo | cut -d' ' -f3 | sort
