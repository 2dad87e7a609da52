pilcrow-index -q -d index "$CORPUS/articles"
segment=$(echo index/segments/*)
truncate -s 100 "$segment/postlist.glass"
pilcrow -d index NATO
echo $?
pilcrow-index verify -d index
