. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
for i in 1 2 3; do
    echo "The word is quokka, number $i." >texts/$i.txt
    pilcrow-index -d index texts
done
echo 'The word is wombat.' >texts/1.txt
pilcrow-index -d index texts
pilcrow-index merge -d index
pilcrow-index verify -d index
pilcrow-index merge -d index
hits -d index quokka wombat | sort
