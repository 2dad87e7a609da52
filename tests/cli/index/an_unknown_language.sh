echo 'A text.' >a.txt
pilcrow-index -d index --language=klingonese a.txt
echo $?
ls
