. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
for name in same changed moved removed; do echo "The text $name." >texts/$name.txt; done
pilcrow-index -d index texts
echo 'Now it is another one.' >texts/changed.txt
mv texts/moved.txt texts/moved-here.txt
rm texts/removed.txt
echo 'The text new.' >texts/new.txt
before=$(fingerprint index)
pilcrow-index -d index --dry-run -v texts
[ "$before" = "$(fingerprint index)" ] && echo 'as it was'
pilcrow-index -d index texts
