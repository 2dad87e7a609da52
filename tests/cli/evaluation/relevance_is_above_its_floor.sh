# How many of the first ten paragraphs are relevant (grade 1 or better; of as many as there can be),
# and for how many topics one of the first five answers it (grade 3). The floors are a little below
# what was measured.
pilcrow-index -q -d index "$CORPUS/articles"
cd "$CORPUS/articles"
while IFS=$'\t' read -r topic words; do
    pilcrow -d ~/index --format=trec --topic="$topic" -- $words 2>/dev/null
done <"$CORPUS/topics.tsv" >~/run
awk -v measured="${MEASURE-}" '
    function judge(what, value, floor) {
        print what ": " (value >= floor && measured == "" ? "enough" : sprintf("%.3f", value))
    }
    FNR == NR { grade[$1, $3] = $4; is_topic[$1] = 1; n_relevant[$1] += $4 > 0; next }
    { n_found[$1] += grade[$1, $3] > 0; n_answers[$1] += $4 <= 5 && grade[$1, $3] == 3 }
    END {
        for (topic in is_topic) {
            n++
            relevant += n_found[topic] / (n_relevant[topic] < 10 ? n_relevant[topic] : 10)
            answered += n_answers[topic] > 0
        }
        print n " topics"
        judge("relevant among the first ten", relevant / n, 0.57)
        judge("answered by the first five", answered / n, 0.95)
    }' "$CORPUS/qrels.txt" ~/run
