name=$(head -c 250 /dev/zero | tr '\0' n).txt
mkdir texts
echo 'The word is quokka.' >"texts/$name"
pilcrow-index -d index texts
pilcrow --format=trec -d index quokka | wc -c
pilcrow-index -d index "texts/${name}xxx"
