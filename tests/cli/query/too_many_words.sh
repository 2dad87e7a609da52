pilcrow-index -q -d index "$CORPUS/articles"
pilcrow -d index --format=trec -n1 $(seq 200) NATO 2>messages | wc -l
head -1 messages
pilcrow -d index --format=trec -n1 $(seq 200) NATO >/dev/null 2>&1
