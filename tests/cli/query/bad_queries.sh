pilcrow-index -q -d index "$CORPUS/articles"
pilcrow -d index -- -Serbia
echo $?
pilcrow -d index ''
echo $?
pilcrow -d index '""'
echo $?
pilcrow -d index '...'
echo $?
pilcrow -d index --language=klingonese NATO
echo $?
pilcrow -d index "$(head -c 70000 /dev/zero | tr '\0' a)"
echo $?
