# Killed before its first commit: there are segments and no manifest.
mkdir -p index/build-00112233445566ff index/segments/0123456789abcdef
echo half >index/segments/0123456789abcdef/docdata.glass
: >index/lock
echo 'The word is quokka.' >a.txt
pilcrow -d index quokka
echo $?
pilcrow-index verify -d index
echo $?
pilcrow-index -d index a.txt
pilcrow --format=trec -d index quokka
ls index/segments | wc -l
