# 3 MB on one line: split in pieces of at most 64 KiB.
yes 'Here are some words about the Balkans and a treaty' | head -60000 | tr '\n' ' ' >a.txt
echo 'quokka' >>a.txt
pilcrow-index -d index a.txt
pilcrow --format=trec -d index quokka | wc -l
pilcrow -d index --json -n1000 treaty | sed 's/.*"begin":\([0-9]*\),"end":\([0-9]*\).*/\1 \2/' |
    awk '{ if ($2 - $1 > 65536) n++ } END { print (NR > 40) " too long: " n + 0 }'
