cp "$CORPUS/articles/nato-skopje-2023.txt" a.txt
pilcrow-index -q -d index a.txt
pilcrow -d index -C1 '"attack on all"'
pilcrow -d index --context=1 --json Kovacevski
pilcrow -d index -C99 --json '"attack on all"' | grep -o '"paragraph":[0-9]*'
