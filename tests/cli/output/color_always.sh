echo 'The quokka is a small marsupial.' >a.txt
pilcrow-index -q -d index a.txt
pilcrow -d index --color=always quokka wombat | cat -v
