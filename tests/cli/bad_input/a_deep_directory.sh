# Paths longer than the system takes in one call.
mkdir texts
echo 'The word is quokka.' >texts/a.txt
name=$(head -c 200 /dev/zero | tr '\0' d)
(
    cd texts
    for i in $(seq 30); do mkdir $name && cd -P $name || exit; done
    echo 'The word is quokka.' >deep.txt
)
timeout 60 pilcrow-index -d index texts 2>messages
echo $?
sed 's/d\{200\}/D/g' messages
pilcrow --format=trec -d index quokka | head -c 100
