echo 'The quokka is a small marsupial.' >a.txt
pilcrow-index -q -d index a.txt
escapes() { grep -c $'\e'; }
pilcrow -d index quokka | escapes
NO_COLOR=1 pilcrow -d index --color=auto quokka | escapes
pilcrow -d index --color=never quokka | escapes
NO_COLOR=1 pilcrow -d index --color=always quokka | escapes
pilcrow -d index --color=always --json quokka | escapes || true
