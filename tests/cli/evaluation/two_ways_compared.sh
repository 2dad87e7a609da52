# Each side is what --eval alone says with its options, whatever else is given.
pilcrow-index -q -d index "$CORPUS/articles"
cd "$CORPUS/articles"
judged="--topics=../topics.tsv --eval=../qrels.txt"
ask() {
    pilcrow -d "$OLDPWD/index" $judged -n100 "$@"
}
ask --compare '--no-variants' ''
echo "== by itself"
ask --no-variants | tail -n 1
ask | tail -n 1
echo "== options come after the others, however they are written"
ask --compare '-L no' "--language='en'" -n50 --language=de --format=tsv | grep '^mean' | cut -f1-4 >"$OLDPWD/both"
ask -n50 -L no --format=tsv | tail -n 1 | tr '\t' '\n' | sed 1d >"$OLDPWD/a"
ask -n50 -L en --format=tsv | tail -n 1 | tr '\t' '\n' | sed 1d >"$OLDPWD/b"
cut -f3 "$OLDPWD/both" | diff - "$OLDPWD/a" && cut -f4 "$OLDPWD/both" | diff - "$OLDPWD/b" && wc -l <"$OLDPWD/both"
echo "== a way compared with itself"
ask --compare '' '' | sed -n '4,$p' | head -n 5
echo "== tables"
ask --compare=--no-variants '' --format=csv >"$OLDPWD/table"
head -n 2 "$OLDPWD/table"
tail -n 1 "$OLDPWD/table"
wc -l <"$OLDPWD/table"
echo "== JSON"
ask --compare --no-variants '' --json | jq -c 'select(.topic == null) | [.topics, .options, .ndcg_10.b_wins, .ndcg_10.p, .ap.is_exact]'
ask --compare --no-variants '' --json | jq -c 'select(.topic == "t10").ndcg_10.difference < 0'
