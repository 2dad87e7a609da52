# org, reStructuredText and LaTeX: structure without its marks.
for kind in org rst tex; do
    cp "$CORPUS/../tests/fuzz/corpus/$kind/page" "a.$kind"
done
pilcrow-index -q -d index a.*
pilcrow -d index --sort=path --json -n100 'the OR item OR depth OR code OR note OR int OR another' |
    jq -c '[.path, .line, .title, .author, .date, .heading, .text]'
pilcrow -d index 'comment OR done OR label OR alt OR babel'
true
