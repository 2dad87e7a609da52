pilcrow-index -q -d index "$CORPUS/articles"
run() {
    echo "\$ $*"
    "$@"
    echo "exit status $?"
}
run pilcrow @kosovo
pilcrow --save kosovo Kosovo
pilcrow --save map Plan
run pilcrow @kosov
run pilcrow --forget kosov
run pilcrow --save empty
run pilcrow --save ../up Kosovo
run pilcrow --save .hidden Kosovo
run pilcrow --save "$(printf 'a\033[2J')" Kosovo
run pilcrow --save bad -- -Kosovo
run pilcrow --save bad 'date:never Kosovo'
run pilcrow --save bad --language=nowhere Kosovo
run pilcrow --save one --forget kosovo
run pilcrow --saved Kosovo
run pilcrow --new Kosovo
run pilcrow --saved
echo "--- without a home"
unset HOME
run pilcrow --saved
run pilcrow @kosovo
export HOME=$PWD
echo "--- words with an at-sign"
pilcrow -d index --count -- @kosovo
pilcrow -d index --count Kosovo @kosovo
pilcrow -d index --count '@Kosovo!'
echo "--- a damaged file"
echo rubbish >.local/state/pilcrow/queries/kosovo
run pilcrow -d index --count @kosovo
run pilcrow --saved
