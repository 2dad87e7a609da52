# Archives are read as if their members were files, in them and in each other; nothing is unpacked.
. "$CORPUS/../tests/cli/helpers.sh"
mkdir in
make_document zip in/z.zip
make_document tar_gz in/t.tar.gz
make_document warc in/w.warc
make_document warc_gz in/x.warc.gz
printf 'The text that was compressed.\n' | gzip -n >in/a.txt.gz
printf 'The text that was compressed by xz.\n' | xz >in/b.txt.xz
printf '{"text":"The first record without an id."}\n{"text":"The second record without one."}\n' |
    gzip -n >in/c.jsonl.gz
printf 'not gzip' >in/d.txt.gz
before=$(ls -R . | sort)
pilcrow-index -d index in
echo "exit $?"
pilcrow -d index --sort=path --dups=show --json -n100 'the OR record OR chair' |
    jq -r '[.path, .article, .title, .url, .text] | map(tostring) | join("|")'
rm -rf index
[ "$before" = "$(ls -R . | sort)" ] && echo 'nothing was unpacked'
