# Text with a NUL is text; only at the beginning it says that the file is binary.
{ yes 'Here is a text with words.' | head -1000; printf '\nA quok\0ka and a wombat.\n'; } >a.txt
pilcrow-index -d index a.txt
pilcrow -d index wombat
