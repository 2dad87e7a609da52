# Of a page of a news site the article is read, and not what stands around it; .mhtml and .warc alike
# are read as HTML is.
cat >page.html <<'END'
<!DOCTYPE html>
<html lang="en"><head><title>Talks resume in Skopje</title></head><body class="has-sidebar">
<div id="cookie-banner"><p>We and our partners use cookies to show advertising.</p><a href="/privacy">More</a></div>
<header><a href="/">The Daily Example</a><p>Independent news since 1950</p>
<nav><ul><li><a href="/world">World</a></li></ul></nav></header>
<div class="top-menu"><ul><li><a href="/a">Economy</a></li><li><a href="/b">Culture</a></li></ul></div>
<main>
<div class="breadcrumbs"><a href="/">Home</a> &gt; <a href="/world">World</a></div>
<article><header><h1>Talks resume in Skopje</h1><p>By Ana Petrova, 3 May 2024</p></header>
<p>The two delegations met in Skopje on Friday and agreed to continue their talks on
<a href="/topics/border">the border</a> next month.</p>
<div class="share-bar"><a href="#">Share</a> <a href="#">Send</a></div>
<h2>What was agreed</h2>
<p>The delegations agreed on these points:</p>
<ul><li>Crossings open in June.</li><li>A commission reports in December.</li></ul>
<aside><h3>Most read</h3><ul><li><a href="/1">Ferry sinks</a></li><li><a href="/2">Bridge opens</a></li></ul></aside>
<p>The talks go on, the mediator said.</p>
</article>
<section class="related"><h2>Related articles</h2><ul><li><a href="/r1">Delegations leave</a></li></ul></section>
<h2>More on this story</h2>
<ul><li><a href="/m1">A history of the border</a></li><li><a href="/m2">Opinion</a></li><li><a href="/m3">Watch</a></li></ul>
<div class="newsletter"><p>Get our newsletter every morning.</p></div>
</main>
<footer><p>&copy; 2024 The Daily Example</p></footer>
</body></html>
END
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
