cat >notes.jsonl <<'END'
{"id":1,"date":"2003-05-01","text":"The bridge was opened.\n\nThe bridge was closed again."}
{"id":2,"date":"2006","text":"A bridge."}
{"id":3,"date":"1950-01","text":"An old bridge."}
{"id":4,"date":"soon","text":"No bridge."}
END
pilcrow-index -q -d index notes.jsonl
export PILCROW_INDEX=$PWD/index
pilcrow --timeline bridge
echo "--- restricted"
pilcrow --timeline bridge after:2000
echo "--- as numbers"
pilcrow --timeline --json bridge
pilcrow --timeline --json bridge | cmp - <(pilcrow --json --facet=year bridge | tail -n 1)
pilcrow --timeline --format=tsv bridge
echo "--- nothing"
pilcrow --timeline xylophone || echo "exit status $?"
echo "--- what is wrong"
for wrong in --facet=source --count --get --files --format=md; do
    pilcrow --timeline $wrong bridge || echo "exit status $?"
done
pilcrow --timeline bridge | head -n 1
