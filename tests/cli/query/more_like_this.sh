# The paragraphs that share the most telling words of one, without that one.
cd "$CORPUS/articles"
pilcrow-index -q -d ~/index .
like() {
    echo "--- $*"
    pilcrow -d ~/index --format=trec --like "$@"
    code=$?
    [ "$code" -eq 0 ] || echo "exit status $code"
}
like kfor.txt:3 -n3
echo "--- by its id"
like "$(pilcrow -d ~/index -n1 --json '"open door"' | sed 's/.*"id":"\([^"]*\)".*/\1/')" -n2
echo "--- it is in none of the hits, whatever the order"
pilcrow -d ~/index --like map.html:50 -n1000 --sort=path --template='{path}:{line}' 2>/dev/null |
    grep -cx 'map.html:50'
echo "--- what is lacking is not said, and matches are"
pilcrow -d ~/index --like kfor.txt:3 -n1 --color=always 2>/dev/null | grep -c lacks
pilcrow -d ~/index --like kfor.txt:3 -n1 --json 2>/dev/null | grep -o '"missing":[^,]*'
echo "--- what is not there"
like kfor.txt:1
like missing.txt:3
like 0123456789abcdef
echo 'Xylophone zither.' >~/alone.txt
pilcrow-index -q -d ~/alone ~/alone.txt
like ~/alone.txt:1 -d ~/alone
echo "--- mistakes"
like kfor.txt:3 Kosovo
like kfor.txt:3 --get
