# Of each topic by itself: nearer words with --fix, fewer words with --all, and what is said of them.
mkdir texts
echo 'Here is a quokka.' >texts/a.txt
echo 'Here is a wombat.' >texts/b.txt
pilcrow-index -q -d index texts
printf 'near\tquoka\nsome\tquokka wombat\nnone\tdingo\none\twombat\n' >topics.tsv
run() {
    echo "== $*"
    echo "== $*" >&2
    pilcrow -d index --topics=topics.tsv "$@"
    echo "exit status $?"
}
run --fix --template='{topic} {path}'
run --all --template='{topic} {path}'
run --all --fix --count
pilcrow -d index --topics=topics.tsv --all --json 2>/dev/null | jq -c '[.topic, .path, .relaxed]'
