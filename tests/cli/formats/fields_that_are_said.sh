# --set says fields of all that is read; dates become ISO 8601, also those in names and addresses.
mkdir in
printf -- '---\nauthor: Somebody\ndate: 22 November 2023\n---\nThe first text.\n' >in/a.txt
printf 'The second text.\n' >'in/2020-03-04 talks.txt'
printf '<link rel=canonical href="https://example.org/2019/05/talks"><p>The third text.' >in/c.html
printf '{"text":"The fourth text.","date":"3/4/2023"}\n' >in/2021-01-01.jsonl
show() {
    pilcrow -d index --sort=path --json text | jq -c '[.path, .author, .date, .source, .language]'
}
pilcrow-index -d index in
show
pilcrow-index -d index --set source=Reuters --set 'author=A = B' --set date=1999 --set language=fr in
show
pilcrow-index -d index --set source=Reuters --set 'author=A = B' --set date=1999 --set language=fr in
for wrong in source =x colour=red date=never language=klingonish-x; do
    pilcrow-index -d index --set "$wrong" in
done
true
