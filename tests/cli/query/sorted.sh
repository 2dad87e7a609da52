cat >notes.jsonl <<'END'
{"id":"x","date":"2003-05-01","text":"The bridge was opened, and the bridge was closed again."}
{"id":"y","date":"2006","text":"A bridge."}
{"id":"z","text":"No bridge."}
END
echo 'A bridge over the river.' >a.txt
printf -- '---\ndate: 2004-02-29\n---\nThe old bridge.\n' >b.md
pilcrow-index -q -d index notes.jsonl a.txt b.md
export PILCROW_INDEX=$PWD/index
for order in score date -date path; do
    echo "--- $order"
    pilcrow --sort="$order" --template='{rank} {path}:{line} {date}' bridge
done
pilcrow bridge | cmp - <(pilcrow --sort=score bridge)
echo "--- a page, in other formats"
pilcrow --sort=-date --offset=1 -n 2 bridge
pilcrow --sort date --json bridge | jq -r .date
pilcrow --sort=path -g article --files bridge
pilcrow --sort=path --count bridge
echo "--- what is wrong"
pilcrow --sort=size bridge || echo "exit status $?"
pilcrow --sort=date --get 0123456789abcdef || echo "exit status $?"
