# Loops and links out of the tree are not followed; a link that is named is.
mkdir -p texts/deeper outside
echo 'The word is quokka.' >texts/a.txt
echo 'The word is wombat.' >outside/b.txt
ln -s .. texts/deeper/loop
ln -s self.txt texts/self.txt
ln -s ../outside texts/out
ln -s nowhere.txt texts/broken.txt
ln -s outside/b.txt named.txt
timeout 10 pilcrow-index -d index texts
pilcrow-index -d index named.txt
pilcrow --format=trec -d index quokka wombat
pilcrow-index -d index texts/self.txt
