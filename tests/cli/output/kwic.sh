cp "$CORPUS/articles/map.html" "$CORPUS/articles/nato-skopje-2023.txt" .
echo '北大西洋公約組織 Ibar 伊巴爾河' >wide.txt
printf 'The river \033 Ibar \007 is red.\n' >a-file-with-escapes.txt
pilcrow-index -q -d index *.txt *.html
pilcrow -d index --kwic=20 '"open door"'
echo
pilcrow -d index --kwic=20 Ibar
echo
pilcrow -d index --kwic=10 -n1 --color=always Ibar river | cat -v
printf 'one\tIbar\ntwo\tKovacevski\n' | pilcrow -d index --kwic=12 --topics=-
pilcrow -d index --kwic=0 Ibar
pilcrow -d index --kwic=1001 Ibar
pilcrow -d index --kwic=10 --get 0123456789abcdef
for n in 1 2 3 4 5 6 7 8; do cp -r "$CORPUS/articles" texts-$n; done
pilcrow-index -q -d index texts-*
pilcrow -d index -n1000 --kwic=40 the | head -1 | wc -l
echo "${PIPESTATUS[0]}"
pilcrow -d index -n1000 --kwic=40 the >/dev/full
