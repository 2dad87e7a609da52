# Mail: headers are metadata, quotations, signatures and second forms are left out, attachments are
# read; mailboxes; web pages that were saved as one file.
. "$CORPUS/../tests/cli/helpers.sh"
make_document eml a.eml
make_document mbox b.mbox
make_document mhtml c.mhtml
pilcrow-index -q -d index a.eml b.mbox c.mhtml
echo "exit $?"
pilcrow -d index --sort=path --dups=show --json -n100 'the OR annex' |
    jq -r '[.path, .line, .article, .title, .author, .date, .source, .url, .text] | map(tostring) | join("|")'
pilcrow -d index 'quoted words OR signature OR twice OR menu'
true
