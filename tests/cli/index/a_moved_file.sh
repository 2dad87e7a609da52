. "$CORPUS/../tests/cli/helpers.sh"
cp -r "$CORPUS/articles" texts
pilcrow-index -q -d index texts
mv texts/kfor.txt texts/kosovo-force.txt
pilcrow-index -d index texts
articles -d index 'KFOR' | grep force
articles -d index 'KFOR' | grep -c '/kfor.txt'
