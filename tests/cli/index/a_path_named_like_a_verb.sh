echo 'The word is quokka.' >status
pilcrow-index -d index ./status
pilcrow-index -d index -- status
