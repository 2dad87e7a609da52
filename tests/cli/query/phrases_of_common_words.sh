# An index of many copies has common words, and terms for two of them side by side; one of a single
# copy has none. Phrases must be found in both alike.
. "$CORPUS/../tests/cli/helpers.sh"
pilcrow-index -q -d small "$CORPUS/articles"
mkdir copies
size=$(cat "$CORPUS"/articles/* | wc -c)
n=$((1500000 / size + 1))
for i in $(seq "$n"); do
    cp -r "$CORPUS/articles" "copies/$i"
done
pilcrow-index -q -d large copies
grep -c '^common	' small/manifest large/manifest

# count INDEX PHRASE: paragraphs that have it.
count() {
    hits -n100000 -d "$1" "$2" 2>/dev/null | wc -l
}

for phrase in '"of the"' '"in the"' '"to be"' '"it was a"' '"that it is"' '"of the Alliance"' \
    '"of to"' '"attack on all"' '"the North Atlantic Treaty"' '"in order to"'; do
    once=$(count small "$phrase")
    many=$(count large "$phrase")
    [ "$many" -eq $((once * n)) ] || echo "$phrase: $many, not $n times $once"
    [ "$once" -eq 0 ] || echo "$phrase is found"
done
