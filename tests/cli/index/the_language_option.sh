# French stemming: cheval and chevaux are one word, which English does not know.
echo 'Les chevaux sont dans la prairie.' >a.txt
pilcrow-index -d index --language=fr a.txt
pilcrow -d index cheval
pilcrow-index -d english a.txt
pilcrow -d english cheval
