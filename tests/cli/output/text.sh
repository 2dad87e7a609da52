cp "$CORPUS/articles/kosovo-dialogue.md" .
pilcrow-index -q -d index kosovo-dialogue.md
pilcrow -d index -n2 Kosovo dialogue
