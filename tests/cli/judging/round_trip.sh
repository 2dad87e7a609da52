# Somebody who knows corpus/qrels.txt judges all topics of it, in two runs; what comes of it measures
# the same as those judgements of that file that are on the same paragraphs.
pilcrow-index -q -d index "$CORPUS/articles"
cd "$CORPUS/articles"
judge() {
    pilcrow -d ~/index --judge="$HOME/$1" --topics=../topics.tsv >~/shown 2>~/said
    tail -n 1 ~/said
}
yes n | judge order
grep -c '^relevant' ~/shown
awk 'FILENAME == ARGV[1] { grade[$1, $3] = $4; next } { print grade[$1, $3] + 0 }' ../qrels.txt \
    ~/order >~/answers
head -n 300 ~/answers | judge judged
tail -n +301 ~/answers | judge judged
judge judged </dev/null
cut -d' ' -f1-3 ~/order | diff - <(cut -d' ' -f1-3 ~/judged)
awk 'FILENAME == ARGV[1] { is_in[$1, $3] = 1; next } is_in[$1, $3]' ~/order ../qrels.txt >~/known
measure() {
    pilcrow -d ~/index --topics=../topics.tsv --eval="$HOME/$1"
}
measure judged >~/by_us && measure known | diff - ~/by_us && wc -l <~/by_us
