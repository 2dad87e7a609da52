# What is tried when no paragraph has all: nearer words with --fix, fewer words with --all.
. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'Here is a quokka.' >texts/a.txt
echo 'Here is a wombat.' >texts/b.txt
echo 'Here is a wombat and a quokka.' >texts/c.txt
pilcrow-index -q -d index texts
try() {
    echo "== $*"
    echo "== $*" >&2
    pilcrow -d index --template='{path}' "$@"
    echo "exit status $?"
}
try --fix quoka wombatt
try --fix --all quoka +wombatt
try --fix '"quoka"' wombat
try --fix wombat
try --fix zzzz
try --all quokka wombat dingo
try --all here dingo
try --all dingo
try --all --count quokka dingo
try +quokka +dingo
try +wombat +quokka +dingo emu
try --all +dingo quokka
try --all quokka wombat
pilcrow -d index --json --all quokka dingo | jq -c '[.path, .relaxed, .missing]'
pilcrow -d index --json --all quokka wombat | jq -c '[.path, .relaxed, .missing]'
