# The measures are those of the run that --format=trec writes, by a script that shares nothing with
# them and ranks as trec_eval does.
pilcrow-index -q -d index "$CORPUS/articles"
cd "$CORPUS/articles"
index=$OLDPWD/index
pilcrow -d "$index" --topics=../topics.tsv --eval=../qrels.txt --format=tsv >"$OLDPWD/ours"
pilcrow -d "$index" --topics=../topics.tsv --format=trec -n 1000 >"$OLDPWD/run"
cd "$OLDPWD"
sort -k1,1 -k5,5gr -k3,3r run | awk '
    function log2(x) { return log(x) / log(2) }
    function ideal(topic, i, sum, count, grade) {
        for (grade = 3; grade > 0; grade--)
            for (count = grades[topic, grade]; count > 0 && i < 10; count--)
                sum += grade / log2(i++ + 2)
        return sum
    }
    FILENAME == ARGV[1] {
        judged[$1, $3] = $4
        if ($4 > 0) { grades[$1, $4]++; relevant[$1]++ }
        next
    }
    {
        rank = ++n[$1]
        grade = judged[$1, $3] + 0
        if (grade <= 0) next
        found[$1]++
        ap[$1] += found[$1] / rank
        if (!first[$1]) first[$1] = rank
        if (rank <= 10) { gain[$1] += grade / log2(rank + 1); p[$1]++ }
        if (rank <= 100) recall[$1]++
    }
    END {
        for (t in relevant)
            printf "%s\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\n", t, gain[t] / ideal(t),
                   ap[t] / relevant[t], first[t] ? 1 / first[t] : 0, p[t] / 10,
                   recall[t] / relevant[t], first[t] == 1, first[t] && first[t] <= 5,
                   first[t] && first[t] <= 10
    }' "$CORPUS/qrels.txt" - | sort >theirs
grep -v '^topic\|^mean' ours | sort | diff - theirs && wc -l <theirs
tail -n 1 ours
