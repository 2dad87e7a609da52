# docx, odt, epub and rtf: headings, lists, tables and notes, metadata; not what was deleted.
. "$CORPUS/../tests/cli/helpers.sh"
for kind in docx odt epub rtf; do
    make_document "$kind" "in.$kind"
done
pilcrow-index -q -d index in.*
echo "exit $?"
pilcrow -d index --sort=path --json -n100 'the OR goods OR milk OR item OR footnote OR arms OR lake OR metres' |
    jq -r '[.path, .paragraph, .title, .heading, .author, .date, .source, .language, .text] | map(tostring) | join("|")'
pilcrow -d index 'secretary OR deleted OR hidden OR running'
