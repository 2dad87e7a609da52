mkdir texts
echo 'The word is quokka.' >texts/a.txt
pilcrow-index -d texts/index texts
pilcrow-index -d texts/index texts
