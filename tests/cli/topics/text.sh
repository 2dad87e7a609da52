pilcrow-index -q -d index "$CORPUS/articles"
printf '# what we follow\n\nt1\tcollective defense\nt2\txylophone\r\nt3\t"open door"\n' >topics.tsv
pilcrow -d index --topics=topics.tsv -n2 | cut -c1-79
echo "--- from standard input"
pilcrow -d index --topics=- -n1 <topics.tsv 2>/dev/null | grep -c Topic
echo "--- on a terminal"
script -qec 'stty cols 60; pilcrow -d index --topics=topics.tsv -n1' /dev/null | tr -d '\r' | head -n 6 | cat -v
