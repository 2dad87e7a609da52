cp "$CORPUS/articles/kosovo-dialogue.md" .
pilcrow-index -q -d index kosovo-dialogue.md
pilcrow -d index -n2 --sentences=1 Kosovo dialogue Belgrade
for option in --format=md --format=tsv --template='{text}' --cite=plain; do
    echo
    pilcrow -d index -n1 --sentences=2 $option Kosovo dialogue Belgrade
done
echo
# JSON keeps the text, and says which bytes of it the sentences are.
pilcrow -d index -n1 --sentences=1 --json Kosovo dialogue Belgrade |
    jq -c '[(.text | length), .sentences]'
pilcrow -d index --sentences=0 Kosovo
pilcrow -d index --sentences=101 Kosovo
