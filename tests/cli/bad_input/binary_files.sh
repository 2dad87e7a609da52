head -c 100000 /dev/zero >zero.txt
printf '\177ELF\2\1\1\0\0\0' >program.txt
printf '%%PDF-1.4\nsome text' >paper.txt
printf 'PK\3\4\24\0\6\0' >document.md
printf '\1\2\3\4\5\6\7\1\2\3\4\5\6\7' >control.txt
echo 'The word is quokka.' >good.txt
pilcrow-index -d index *.txt *.md
echo $?
pilcrow --format=trec -d index quokka
