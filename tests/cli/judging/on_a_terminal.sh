# Keys count without Enter; the terminal is as before when the program stops or ends, however it ends.
mkdir texts
for i in 1 2 3 4; do
    echo "Bridge number $i over the river Ibar was $(printf 'rebuilt and %.0s' {1..60})rebuilt." >texts/$i.txt
done
printf 'b\tbridge Ibar\n' >topics.tsv
pilcrow-index -q -d index texts
on_terminal() {
    echo "== $1"
    TERM=xterm timeout 60 python3 "$CORPUS/../tests/support/type_on_terminal.py" 72 "$1" \
        pilcrow -d index --judge=qrels.txt --topics=topics.tsv | tr '\033' '^' |
        sed '/^    \(and \)*rebuilt/d; /^  [ynsbq0] /d'
}
on_terminal 'y \x1b[B é b\n \x1a 2 q'
on_terminal 's \x03'
on_terminal 'n TERM'
on_terminal '\x04'
on_terminal 'yy'
cat qrels.txt
echo "== a long paragraph is there as a whole"
TERM=xterm timeout 60 python3 "$CORPUS/../tests/support/type_on_terminal.py" 40 q \
    pilcrow -d index --judge=others.txt --topics=topics.tsv | grep -o rebuilt | wc -l
