# Of a page of a news site the article is read, and not what stands around it; .mhtml and .warc alike
# are read as HTML is.
cp "$CORPUS/../tests/fuzz/corpus/html/news_page.html" page.html
sed 's/<\(.*\)main>/<\1div>/; s/article>/div>/' page.html >plain.html
{
    printf 'MIME-Version: 1.0\nSubject: Talks\nContent-Type: text/html; charset=utf-8\n\n'
    cat page.html
} >page.mhtml
for page in page.html plain.html page.mhtml; do
    pilcrow-index -q -d "index-$page" "$page"
    echo "$page: exit $?"
    pilcrow -d "index-$page" --sort=path --json -n100 \
        'the OR talks OR by OR crossings OR cookies OR news OR home OR share OR read OR more OR get OR 2024' |
        jq -r '[.line, .heading, .text] | map(tostring) | join("|")'
done
