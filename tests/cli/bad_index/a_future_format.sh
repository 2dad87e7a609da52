# The number is looked at first: nothing else of a manifest of the future can be relied upon.
echo 'The word is quokka.' >a.txt
pilcrow-index -q -d index a.txt
sed -i '1s/[0-9]*$/99/' index/manifest
export PILCROW_INDEX=index
for command in 'pilcrow quokka' 'pilcrow-index a.txt' 'pilcrow-index status' 'pilcrow-index verify' 'pilcrow-index merge'; do
    $command
    echo $?
done
head -1 index/manifest
ls index/segments | wc -l
