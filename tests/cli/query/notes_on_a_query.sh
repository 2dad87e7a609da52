pilcrow-index -q -d index "$CORPUS/articles"
pilcrow -d index --format=trec -n1 '"Prespa agreement' | wc -l
pilcrow -d index --format=trec -n1 Prespa -- ... | wc -l
pilcrow -d index --format=trec -n1 Prespa Kosovo -Kosovo | wc -l
