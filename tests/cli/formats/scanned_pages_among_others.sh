# A PDF that has text on some pages: scanned ones are told, and read with --ocr; blank ones and small
# pictures are nothing to speak of. Page numbers alone are no text.
. "$CORPUS/../tests/cli/helpers.sh"
command -v tesseract >/dev/null || skip 'tesseract is not installed'
command -v pdftoppm >/dev/null || skip 'pdftoppm is not installed'
mkdir in
make_document pdf_mixed in/mixed.pdf || exit 1
make_document pdf_figures in/figures.pdf
make_document pdf_numbered_scans in/numbered.pdf
(cd in && python3 -m zipfile -c mixed.zip mixed.pdf)
pilcrow-index -d index in
echo "exit $?"
pilcrow-index status --skipped -d index
echo '--- again'
pilcrow-index -d index in
echo "exit $?"
pilcrow -d index --sort=path --template='{path}#{member} {page} {text}' 'typed OR clerk OR harbour OR ferry'
echo '--- with OCR'
pilcrow-index -d index --ocr in
echo "exit $?"
pilcrow -d index --sort=path --dups=show --template='{path}#{member} {page} {text}' 'typed OR clerk OR harbour OR ferry'
echo '--- it stays'
pilcrow-index -d index in
pilcrow-index -d index --ocr in
pilcrow-index status --skipped -d index
echo '--- in a language that nobody has data for'
pilcrow-index -d other --ocr -l haw in/mixed.pdf
echo "exit $?"
