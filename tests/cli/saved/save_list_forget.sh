pilcrow-index -q -d index "$CORPUS/articles"
run() {
    echo "\$ pilcrow $*"
    pilcrow "$@"
    code=$?
    [ "$code" -eq 0 ] || echo "exit status $code"
}
run --saved
run --save kosovo +Kosovo dialogue -football
run --save doors --all --language=en -n1 '"open door"'
run --saved
run -d index --count @kosovo
run -d index --count +Kosovo dialogue -football
echo "--- further words, and other options"
run -d index --format=trec -n1 @kosovo +Ashton
run -d index --format=trec @doors Allies
echo "--- another under the same name"
run --save doors '"open door" policy'
run --saved
echo "--- one made of another"
run --save ashton @kosovo Ashton
run --saved
run --forget kosovo
run --saved
find .local -type f | sort
