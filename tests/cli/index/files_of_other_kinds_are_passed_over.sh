mkdir -p texts/.git
echo 'The word is quokka.' >texts/a.txt
echo 'The word is quokka.' >texts/README
echo 'The word is quokka.' >texts/a.c
echo 'The word is quokka.' >texts/.hidden.txt
echo 'The word is quokka.' >texts/.git/a.txt
ln -s a.txt texts/b.txt
pilcrow-index -d index -v texts
pilcrow --format=trec -d index quokka
mkdir programs
echo 'The word is quokka.' >programs/a.c
pilcrow-index -d index programs
