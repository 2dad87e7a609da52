# A hit in an archive or in mail says which file it is in, in a form that can be typed again; the
# records of a file are known by their lines.
. "$CORPUS/../tests/cli/helpers.sh"
mkdir -p made/2021 made/it\'s
make_document pdf made/2021/a.pdf
printf 'The ferry sails at nine.\n\nThe ferry returns at ten.\n' >made/notes.txt
printf 'The ferry has an odd name.\n' >"made/it's/odd.txt"
printf '{"id":"x","text":"No boat."}\n{"id":"y","text":"The ferry of a record."}\n' >made/r.jsonl
(cd made && python3 -m zipfile -c ../reports.zip 2021 notes.txt "it's" r.jsonl)
cp made/r.jsonl .
make_document mbox b.mbox
pilcrow-index -q -d index reports.zip r.jsonl b.mbox
p() { pilcrow -d index --sort=path "$@"; }
echo '--- text'
p 'ferry OR annex' | grep ':.*¶'
p 'small print' | grep ':.*¶'
echo '--- kwic'
p --kwic=10 ferry path:*.zip
echo '--- vimgrep'
p --format=vimgrep 'ferry OR annex'
p --format=vimgrep 'small print' | cut -c1-40
echo '--- md, cite'
p -n1 --format=md ferry path:*.zip
p -n1 --cite=plain ferry path:*.zip
p -n1 --cite=bibtex ferry path:*.zip | grep note
echo '--- columns'
p --template='{path}|{member}|{line}' 'ferry OR annex'
p -n1 --format=csv ferry path:*.zip | sed 's/,.*,/,..,/'
p --json 'ferry OR annex' | jq -c '[.path, .member, .line]'
p --files ferry
echo '--- by path'
p --template='{path}#{member}' 'ferry OR annex' 'path:2021/*'
p --template='{path}#{member}' 'ferry OR annex' 'path:notes.txt' 'path:zip#r.jsonl' 'path:reports.zip#r.*' 'path:one@*/annex.*'
echo '--- links'
p -n1 --color=always --hyperlink-format=vscode ferry path:*.zip | head -n1 | grep -o 'vscode:[^ ]*zip:1:1'
echo '--- and back'
p 'ferry OR annex OR "small print"' | sed -n 's/^ *[0-9]*  \(.*\)  ¶.*/\1/p' >places
while read -r place; do
    place=$(eval "printf %s $place")
    echo "$(pilcrow -d index --why-not="$place" zebra | head -n1) | $(pilcrow -d index --like="$place" -n1 2>&1 | cut -c1-60 | head -n1)"
done <places
pilcrow -d index --why-not=reports.zip#notes.txt ten
pilcrow -d index --why-not=reports.zip#2021/a.pdf:p9 ten
pilcrow -d index --why-not=reports.zip:3 ten
mv reports.zip gone.zip
pilcrow -d index --why-not=reports.zip#notes.txt:3 ten
echo '--- copies, and an archive in an archive'
mkdir deep && cp gone.zip deep/inner.zip && (cd deep && python3 -m zipfile -c ../outer.zip inner.zip)
printf 'The ferry sails at nine.\n\nThe ferry returns at ten.\n' >made/copy.txt
(cd made && python3 -m zipfile -c ../twice.zip notes.txt copy.txt)
pilcrow-index -q -d other outer.zip twice.zip
pilcrow -d other --dups=collapse --sort=path --json 'returns' | jq -c '[.member, .copies]'
