# Heads and page numbers are dropped; a paragraph goes on behind the page and the note at its foot;
# words cut at line ends are whole; pages, headings and metadata are known.
. "$CORPUS/../tests/cli/helpers.sh"
make_document pdf report.pdf
make_document pdf_columns columns.pdf
make_document pdf_empty scanned.pdf
pilcrow-index -q -d index report.pdf columns.pdf scanned.pdf
echo "exit $?"
pilcrow -d index --sort=path --json 'paragraph OR note OR column' |
    jq -r '[.path, .page, .paragraph, .title, .heading, .author, .date, .text] | map(tostring) | join("|")'
pilcrow -d index -n1 'small print'
pilcrow -d index 'annual report'
pilcrow -d index 'exchanged'
pilcrow-index status --skipped -d index
