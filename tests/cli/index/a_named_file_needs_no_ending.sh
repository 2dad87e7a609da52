echo 'The word is quokka.' >README
pilcrow-index -d index README
pilcrow -d index quokka
