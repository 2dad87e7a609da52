cp -r "$CORPUS/articles" texts
for name in texts/*; do
    pilcrow-index -q -d index "$name"
done
pilcrow-index status --json -d index | grep -o '"articles":[0-9]*'
ask() {
    pilcrow -d index --json -n1000 NATO 'the' Kosovo | sed 's/"rank":[0-9]*,"score":[0-9.]*,//' | sort
}
ask >before
pilcrow-index -q merge -d index
ask >after
wc -l <after
cmp before after
