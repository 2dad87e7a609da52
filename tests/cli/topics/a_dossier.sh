# Each paragraph stands once, and is pointed to where it is a hit again.
cd "$CORPUS/articles"
pilcrow-index -q -d ~/index .
cat >~/topics.tsv <<'END'
t1	collective defense
t2	*bridges* over the Ibar xylophone
t3	"attack on all"
t4	xylophone
END
pilcrow -d ~/index --topics="$HOME"/topics.tsv --format=md -n2 | sed 's/^\(> [^—].\{60\}\).*/\1/'
