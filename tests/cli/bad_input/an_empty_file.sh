: >empty.txt
printf '\n\n \r\n\n' >blank.txt
: >empty.md
: >empty.html
: >empty.jsonl
pilcrow-index -d index empty.txt blank.txt empty.md empty.html empty.jsonl
echo $?
pilcrow-index status --skipped -d index
pilcrow-index -d index empty.txt blank.txt empty.md empty.html empty.jsonl
pilcrow-index verify -d index
pilcrow -d index NATO
