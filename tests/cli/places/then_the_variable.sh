echo 'A text with a quokka.' >a.txt
mkdir .pilcrow
PILCROW_INDEX=variable pilcrow-index a.txt
ls -A
PILCROW_INDEX=variable pilcrow --format=trec quokka
