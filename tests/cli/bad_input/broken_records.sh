{
    echo '{"id":"a","text":"The word is quokka."}'
    echo '{"id":"b","text":"The word is'
    echo 'no JSON at all'
    echo
    echo '["an","array"]'
    echo '{"id":"c"}'
    echo '{"id":"d","text":17}'
    echo '{"id":["e"],"text":"An odd id."}'
    printf '{"id":"f","text":"Invalid \377 UTF-8 and a quokka."}\n'
    echo '{"id":"g","text":"The word is \u0000 quokka."}'
    echo '{"id":"h","text":"The word is \ud800 quokka."}'
    echo '{"id":"i","paragraphs":["The word is quokka.","Another one.",3]}'
    printf '{"id":"j","text":"No line feed behind the quokka."}'
} >a.jsonl
pilcrow-index -d index a.jsonl
echo $?
pilcrow --format=trec -d index quokka | cut -d' ' -f3 | sort
pilcrow-index status --skipped -d index
