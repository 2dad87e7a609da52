pilcrow-index -q -d index "$CORPUS/articles"
rm -r index/segments/*
pilcrow -d index NATO
echo $?
pilcrow-index verify -d index
echo $?
