cp "$CORPUS/articles/map.html" "$CORPUS/articles/briefings.jsonl" .
mkdir .pilcrow
pilcrow-index -q .
id=$(pilcrow --json -n1 '"open door"' | jq -r .id)
pilcrow --get "$id"
pilcrow --get "$id" -C1 --template='{path}:{line} {rank} [{missing}]'
# A file that is moved, and one that changes elsewhere.
mkdir moved && mv map.html moved/ && pilcrow-index -q .
pilcrow --get "$id" -t '{path}'
sed -i 's/<h1>/<p>A paragraph that is new and stands before all others in this page.<\/p><h1>/' moved/map.html
pilcrow-index -q .
pilcrow --get "$id" -t '{path} {paragraph}'
# In order, and what is not there.
other=$(pilcrow --json -n1 'advisory opinion' | jq -r .id)
pilcrow --get "$other" 0123456789abcdef "$id" -t '{rank} {path}'
pilcrow --get 0123456789abcdef || echo "exit status $?"
pilcrow --get open || echo "exit status $?"
pilcrow --get --count "$id" || echo "exit status $?"
