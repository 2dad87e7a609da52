# Copied to another place and removed here: other inodes and times.
mkdir -p all/old
echo 'The word is quokka.' >all/old/a.txt
printf '{"id":"x","text":"The word is wombat."}\n{"id":"y","text":"The word is dingo."}\n' >all/old/b.jsonl
pilcrow-index -d index all
cp -r all/old all/new
rm -r all/old
pilcrow-index -d index all
pilcrow --format=trec -d index quokka wombat dingo | cut -d' ' -f3 | sort
