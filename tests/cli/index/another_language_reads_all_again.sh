echo 'Les chevaux sont dans la prairie.' >a.txt
pilcrow-index -d index a.txt
pilcrow-index -d index --language=fr a.txt
pilcrow-index -d index --language=fr a.txt
pilcrow -d index cheval
