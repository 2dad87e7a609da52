. "$CORPUS/../tests/cli/helpers.sh"
text='The word is quokka, “quoted” – Kovačevski.'
printf '\357\273\277%s\n' "$text" >a.txt
{ printf '\377\376'; printf '%s\n' "$text" | iconv -f UTF-8 -t UTF-16LE; } >b.txt
{ printf '\376\377'; printf '%s\n' "$text" | iconv -f UTF-8 -t UTF-16BE; } >c.txt
{ printf '\377\376\0\0'; printf '%s\n' "$text" | iconv -f UTF-8 -t UTF-32LE; } >d.txt
{ printf '\377\376'; printf '%s\n' "$text" | iconv -f UTF-8 -t UTF-16LE; printf 'x'; } >e.txt
printf '\357\273\277{"id":"r","text":"%s"}\n' "$text" >f.jsonl
printf '\357\273\277---\ntitle: A mark\n---\n%s\n' "$text" >g.md
pilcrow-index -d index *.txt *.jsonl *.md
echo $?
hits -d index quokka Kovacevski | sort
pilcrow -d index --json quokka | grep -o '"text":"[^"]*"' | sort | uniq -c
