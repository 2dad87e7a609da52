cp -r "$CORPUS/articles" articles
mkdir .pilcrow
printf 'caf\000e' >articles/binary.txt
pilcrow-index -q articles 2>/dev/null
why() {
    echo "\$ pilcrow --why-not=$*"
    pilcrow --why-not="$@"
    code=$?
    [ "$code" -eq 0 ] || echo "exit status $code"
}
why articles/nato-skopje-2023.txt:5 collective defense
why articles/kfor.txt Kosovo dialogue
why articles/kfor.txt:13 -n2 Kosovo
why articles/kfor.txt:13 --offset=60 Kosovo
echo "--- words"
why articles/kfor.txt:3 xylophone
why articles/kfor.txt:3 +dialogue '"attack on all"' Kosovo
why articles/kfor.txt:3 --all KFOR dialogue
why articles/kfor.txt:3 KFOR -Jackson -Serbia
why articles/collective-defence.md +defense
echo "--- fields"
why articles/kfor.txt KFOR date:2020 title:longest title:shortest path:'*.md' -lang:en
why articles/kosovo-dialogue.md:52 dialogue heading:Ohrid
why articles/kosovo-dialogue.md:12 dialogue heading:Ohrid
echo "--- groups"
why articles/kosovo-dialogue.md:12 --group=article Kosovo dialogue
why articles/enlargement.jsonl:3 Serbia negotiation
echo "--- what is not there"
why articles/missing.txt Kosovo
why articles/binary.txt Kosovo
why "$(printf 'a\033[2Jb')" Kosovo
rm articles/danube.txt
why articles/danube.txt Danube
echo "--- mistakes"
why articles/kfor.txt
why articles/kfor.txt --json Kosovo
why articles/kfor.txt --get 0123456789abcdef
why articles/kfor.txt -- -Kosovo
why articles/kfor.txt -d nowhere Kosovo
