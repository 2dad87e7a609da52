printf 'The first paragraph has a quokka.\n\nThe second has a wombat.\n' | pilcrow-index -d index -
pilcrow -d index wombat
