. "$CORPUS/../tests/cli/helpers.sh"
cat >odd.jsonl <<'END'
{"id":"a","title":"100% {odd} & \\cost_of $5 #1 ~ ^","author":"Ministry of Trade and Industry; A. Author","date":"2023-05","source":"Tom & Co","url":"https://example.org/a_b?q={1}","text":"Zebrafish swim in the river."}
{"id":"b","title":"Two }","date":"2021","author":"Author, A.","text":"Zebrafish swim in the lake, and zebrafish sleep in it."}
{"id":"c","title":"Three","date":"Spring 2020","text":"The zebrafish of the sea is another fish, and it is not as small."}
END
pilcrow-index -q -d index odd.jsonl "$CORPUS/articles"
pilcrow -d index --cite=bibtex zebrafish
# Paragraphs of one article are entries of their own.
pilcrow -d index --cite=bibtex -n100 NATO | grep '^@' | sort | uniq -d | wc -l
pilcrow -d index --cite=csl-json zebrafish
pilcrow -d index --cite=csl-json -n100 NATO | jq -c '[length, (map(.id) | unique | length)]'
pilcrow -d index --cite=csl-json xylophone
pilcrow -d index --cite=bibtex xylophone
