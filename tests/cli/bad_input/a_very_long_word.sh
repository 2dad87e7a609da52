head -c 3000000 /dev/zero | tr '\0' x >a.txt
printf ' and a quokka' >>a.txt
word=$(head -c 1000 /dev/zero | tr '\0' y)
echo "Here is $word in a text." >b.txt
pilcrow-index -d index a.txt b.txt
pilcrow --format=trec -d index quokka | wc -l
pilcrow --format=trec -d index "$word"
