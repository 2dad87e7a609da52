pilcrow-index -q -d index "$CORPUS/articles"
pilcrow -d index --files Stoltenburg
echo $?
pilcrow -d index --files -n 1 kosovo dialoge -colective
echo $?
# Not what is there, is short, is a phrase, or is wanted as written.
pilcrow -d index --files -n 1 kosovo
pilcrow -d index --files =Dialogue
pilcrow -d index --files '"dialoge"' nto
pilcrow -d index --files =dialoge
# The first three.
pilcrow -d index --files dialoge colective parlaiment agreemnt
