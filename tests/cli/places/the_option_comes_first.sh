echo 'A text with a quokka.' >a.txt
mkdir .pilcrow
PILCROW_INDEX=variable pilcrow-index -d option a.txt
ls -A
PILCROW_INDEX=variable pilcrow -d option --format=trec quokka
