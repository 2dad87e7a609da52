mkdir texts
printf 'The quokka is a small marsupial.\n' >texts/a.txt
printf '# Animals\n\nThe quokka is a *small* marsupial.\n' >texts/b.md
printf '<title>Animals</title><p>The quokka is a <b>small</b> marsupial.\n' >texts/c.html
printf '{"id":"q","title":"Animals","text":"The quokka is a small marsupial."}\n' >texts/d.jsonl
pilcrow-index -d index texts
pilcrow -d index --dups '"small marsupial"' | grep -v '^ *[0-9] '
pilcrow --format=trec -d index '"small marsupial"' | cut -d' ' -f3 | sort
