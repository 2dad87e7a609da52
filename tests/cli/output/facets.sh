# Without metadata most articles say nothing: these do.
cat >notes.jsonl <<'END'
{"id":1,"title":"One","source":"Daily","date":"2023-05-01","author":"Ann","text":"The bridge was opened.\n\nThe bridge was closed again."}
{"id":2,"title":"Two","source":"Weekly","date":"2021","language":"de","text":"Eine bridge."}
{"id":3,"title":"Three","source":"Daily","date":"soon","author":"Ann","text":"No bridge.\n\nA river."}
{"id":4,"title":"Four","text":"A bridge, a \u001b[2J river."}
END
pilcrow-index -q -d index notes.jsonl
export PILCROW_INDEX=$PWD/index
pilcrow -n1 --facet=source,year bridge
echo "--- the fields in their order, each once"
pilcrow -c --facet=lang,author,lang bridge
echo "--- beside words that filter"
pilcrow -c --facet=source '"the bridge"' year:2023
echo "--- JSON"
pilcrow --json -n1 --facet=source,year bridge | cut -c1-27
pilcrow --json -n1 --facet=source,year bridge | tail -n 1
echo "--- tables"
pilcrow --format=csv --facet=source,lang bridge
pilcrow --format=tsv --facet=year bridge
echo "--- all of it, whatever is shown"
pilcrow --offset=50 --facet=source bridge || echo "exit status $?"
pilcrow -g article -n1 --facet=source bridge | tail -n 4
pilcrow --facet=year xylophone || echo "exit status $?"
pilcrow --format=csv --facet=year xylophone || echo "exit status $?"
echo "--- what is wrong"
for wrong in --facet=title --facet=source, --facet= '--facet=source -l' '--facet=year --format=trec' \
    '--facet=year --get' '--facet=year --topics=/dev/null' '--facet=year --format=csv -c' '--facet=lang --template={path}'; do
    pilcrow $wrong bridge || echo "exit status $?"
done
pilcrow --facet=source,year,author,lang bridge | head -n 1
