# Without pilcrow-extract plain text is read all the same, and the rest is skipped with what to do.
mkdir bin in
cp "$(command -v pilcrow-index)" bin/
printf 'Plain text about dialogue.\n' >in/a.txt
printf '<p>Text of a page.</p>' >in/b.html
bin/pilcrow-index -d index in
code=$?
pilcrow-index status --skipped -d index
exit "$code"
