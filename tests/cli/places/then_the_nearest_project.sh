mkdir -p project/.pilcrow project/deep/er
echo 'A text with a quokka.' >project/a.txt
cd project/deep/er
pilcrow-index ../..
pilcrow --format=trec quokka
ls -A ../../.pilcrow | grep manifest
cd ../../..
pilcrow quokka
