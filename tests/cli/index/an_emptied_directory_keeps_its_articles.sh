# As an unmounted disk's mount point is.
mkdir -p texts/disk
echo 'The word is quokka.' >texts/disk/a.txt
echo 'The word is dingo.' >texts/disk/b.txt
echo 'The word is wombat.' >texts/c.txt
pilcrow-index -d index texts
rm texts/disk/*
pilcrow-index -d index texts
pilcrow -d index quokka
rm texts/c.txt
rmdir texts/disk
pilcrow-index -d index texts
