pilcrow-index -q -d index "$CORPUS/articles"
sed -i '2s/lexicon/lexikon/' index/manifest
for command in 'pilcrow NATO' 'pilcrow-index .' 'pilcrow-index status' 'pilcrow-index verify'; do
    PILCROW_INDEX=index $command
    echo $?
done
: >index/manifest
pilcrow -d index NATO
