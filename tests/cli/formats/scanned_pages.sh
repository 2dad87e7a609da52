# --ocr reads a PDF that has no text, page by page, in the cage; once is enough.
. "$CORPUS/../tests/cli/helpers.sh"
command -v tesseract >/dev/null || skip 'tesseract is not installed'
command -v pdftoppm >/dev/null || skip 'pdftoppm is not installed'
mkdir in
make_document pdf_scanned in/scanned.pdf || exit 1
make_document pdf in/text.pdf
make_document pdf_empty in/white.pdf
pilcrow-index -d index in
echo '--- with OCR'
pilcrow-index -d index --ocr in
pilcrow -d index --sort=path --json 'paragraph OR note OR well-known' |
    jq -r 'select(.path == "in/scanned.pdf") | [.path, .page, .heading, .text] | map(tostring) | join("|")'
echo '--- once'
pilcrow-index -d index --ocr in
pilcrow-index -d index in
mv in/scanned.pdf in/moved.pdf
pilcrow-index -q -d index in
pilcrow --files -d index 'licence plates'
echo '--- in an archive, and in a language that nobody has data for'
(cd in && python3 -m zipfile -c ../scans.zip moved.pdf)
pilcrow-index -d zipped scans.zip
pilcrow-index -d zipped --ocr scans.zip
pilcrow -d zipped --count 'licence plates'
pilcrow-index -d other --ocr -l haw in/moved.pdf
echo "exit $?"
