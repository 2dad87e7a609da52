# No paragraph has both words: that is said, and what each hit lacks.
mkdir texts && cp "$CORPUS/articles/nato-skopje-2023.txt" texts
pilcrow-index -q -d index texts
pilcrow -d index Kosovo dialogue
