cp "$CORPUS/articles/briefings.jsonl" "$CORPUS/articles/icty.html" .
cp "$CORPUS/articles/prespa.txt" 'name of the lake.txt'
cp "$CORPUS/articles/prespa.txt" $'odd\nname.txt'
pilcrow-index -q -d index .
pilcrow -d index --files agreement
pilcrow -d index -l -n1 agreement
pilcrow -d index -l -0 Prespa | xargs -0 ls
pilcrow -d index -l xylophone || echo "exit status $?"
pilcrow -d index -0 Prespa
