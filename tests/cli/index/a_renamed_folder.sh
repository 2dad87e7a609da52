. "$CORPUS/../tests/cli/helpers.sh"
mkdir all
cp -r "$CORPUS/articles" all/2023
echo 'Another text.' >all/a.txt
pilcrow-index -d index all
mv all/2023 all/archive
pilcrow-index -d index all
articles -d index Prespa
