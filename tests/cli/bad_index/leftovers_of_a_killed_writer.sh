mkdir texts
echo 'The word is quokka.' >texts/a.txt
pilcrow-index -q -d index texts
mkdir -p index/build-00112233445566ff index/segments/0123456789abcdef
echo half >index/build-00112233445566ff/docdata.glass
echo half >index/segments/0123456789abcdef/docdata.glass
echo half >index/manifest.new
echo half >index/catalogue-77
pilcrow --format=trec -d index quokka
pilcrow-index verify -d index
echo 'The word is wombat.' >texts/b.txt
pilcrow-index -d index texts
pilcrow --format=trec -d index quokka wombat
ls index
ls index/segments | grep -c .
