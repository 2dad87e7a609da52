printf -- '---\ntitle: [unclosed\n---\n\nThe word is quokka.\n' >a.md
printf -- '---\ntitle: never closed\n\nThe word is wombat.\n' >b.md
pilcrow-index -d index a.md b.md
echo $?
pilcrow -d index quokka wombat
