pilcrow-index -q -d index "$CORPUS/articles"
related() {
    echo "--- $*"
    pilcrow -d index --related "$@"
    code=$?
    [ "$code" -eq 0 ] || echo "exit status $code"
}
related Kosovo dialogue
related -n3 --json NATO
echo "--- the query's words are not among them, in no form"
pilcrow -d index --related -n1000 Serbia municipality | grep -ciE '^(serbia|municipal[a-z]*) '
related xylophone
related Kovačevski
echo "--- mistakes"
related --format=csv Kosovo
related --count Kosovo
related --explain --topics=x
