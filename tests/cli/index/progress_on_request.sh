pilcrow-index -d index --progress=always "$CORPUS/articles" 2>progress
tr '\r' '\n' <progress | grep -q 'paragraphs' && echo 'there was progress'
pilcrow-index -d other --progress=never "$CORPUS/articles"
