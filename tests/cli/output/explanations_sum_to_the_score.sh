# Of every hit for every topic, and by the formula of BM25, of words in the text and in the title: the factors are those of the query, 1,
# less for another spelling or an acronym, and more for a word that is also part of one, so nothing but the formula makes up the difference to libxapian's score.
# Also while there are dead paragraphs and several segments.
check() {
    pilcrow -d index --topics="$CORPUS/topics.tsv" -n1000 --json --explain 2>/dev/null |
        jq -r 'def norm: 0.25 + 0.75 * (if .length < 0.1 then 0.1 else .length end);
            def saturate: . * 2.2 / (. + 1.2);
            .explanation as $all | [.score] + ($all | map(. as $part |
                (if .title
                 then ($all | map(select((.title | not) and .stem == $part.stem)) | first | .times // 0) /
                         norm | (. + 2 * $part.times | saturate) - saturate
                 else .times / norm | saturate
                 end) as $counted |
                if .ranking then .score, .score, 1 # of no term: it only adds up
                else .score, .factor * .idf * $counted, .factor end)) | @tsv' |
        awk '
            function differ(a, b) { return a - b > 1e-6 || b - a > 1e-6 }
            {
                sum = 0
                for (i = 2; i < NF; i += 3) {
                    sum += $i
                    n_formula += differ($i, $(i + 1))
                    n_factor += $(i + 2) <= 0 || $(i + 2) > 2.5
                }
                n_sum += differ($1, sum)
            }
            END {
                print (NR > 1000 ? "many" : "few") " hits: " n_sum + 0 " wrong sums, " \
                    n_formula + 0 " wrong terms, " n_factor + 0 " odd factors"
            }'
}
cp -r "$CORPUS/articles" articles
pilcrow-index -q -d index articles
check
for name in kfor dayton; do
    sed -i 's/the/The/' articles/$name.*
    pilcrow-index -q -d index articles
done
check
