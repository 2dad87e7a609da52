# It is told with its line, the others run, and the exit status says that something was left out.
pilcrow-index -q -d index "$CORPUS/articles"
run() {
    pilcrow -d index "$@"
    echo "exit status $?"
}
cat >topics.tsv <<'END'
t1	Kosovo
just words
t1	Kosovo again
	no id
t5	-Kosovo
t6	
t7	date:never
t8	Kosovo dialogue
END
run --topics=topics.tsv --format=trec -n1
printf '\033[2J\tKosovo\nt2\t\033[31mxylophone\n' >escapes.tsv
run --topics=escapes.tsv --format=trec -n1
printf 't1\txylophone\n' >none.tsv
run --topics=none.tsv
printf '# nothing\n' >empty.tsv
run --topics=empty.tsv
run --topics=missing.tsv
run --topics=.
run --topics=none.tsv NATO
run --topics=none.tsv --topic=1
run --topics=none.tsv --get
run -d nowhere --topics=none.tsv
