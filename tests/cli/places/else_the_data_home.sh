echo 'A text with a quokka.' >a.txt
XDG_DATA_HOME=$PWD/data pilcrow-index a.txt
ls data/pilcrow/index | grep manifest
XDG_DATA_HOME=$PWD/data pilcrow --format=trec quokka
pilcrow-index a.txt
ls .local/share/pilcrow/index | grep manifest
