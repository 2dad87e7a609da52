# Mail that is HTML only: what programs mark as quoted is left out, with the line before it, and so
# are signatures; what is forwarded, and quotations on web pages, are text.
mail() { # NAME: the HTML is on standard input
    printf 'From: Ana <ana@example.org>\r\nSubject: %s\r\nContent-Type: text/html; charset=utf-8\r\n\r\n' "$1" >"$1.eml"
    cat >>"$1.eml"
}
mail gmail <<'E1'
<div dir="ltr">I answer above.<div><br></div><div>And go on.</div></div><br><div class="gmail_quote">
<div dir="ltr" class="gmail_attr">On Mon, 4 Mar 2019 at 10:00, Mira &lt;mira@example.org&gt; wrote:<br></div>
<blockquote class="gmail_quote"><div>The quoted words.<br><blockquote class="gmail_quote">Older ones.</blockquote></div></blockquote></div>
<div>-- <br></div><div dir="ltr" class="gmail_signature">Ana, the house</div>
E1
mail thunderbird <<'E2'
<p>Before the quotation.</p><div class="moz-cite-prefix">Am 04.03.2019 um 10:00 schrieb Mira:<br></div>
<blockquote type="cite" cite="mid:1"><p>The quoted words.</p></blockquote><p>Behind the quotation.</p>
<pre class="moz-signature" cols="72">-- 
Ana, the house</pre>
E2
mail apple <<'E3'
<div>What follows are three points:<br>one, two.<br>On 4 Mar 2019, at 10:00, Mira of the ministry<br>and others wrote:</div>
<blockquote type="cite"><div>The quoted words.</div></blockquote><div>They say: all is well.</div>
E3
mail outlook <<'E4'
<p class=MsoNormal>I agree with this.</p><div><p class=MsoNormal><b>From:</b> Mira<br><b>Sent:</b> Monday, March 4, 2019<br><b>To:</b> Ana</p></div>
<p class=MsoNormal>The quoted words.</p>
E4
mail original <<'E5'
<p>Mine.</p><p>-----Original Message-----</p><p>From: Mira</p><p>The quoted words.</p>
E5
mail forward <<'E6'
<div>Look at this:</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: Mira<br>Date: Monday</div>
<p>The forwarded words are nowhere else.</p></div>
E6
echo '<p>A page with a <i>quotation</i>:</p><blockquote type="cite"><p>The cited words of a page.</p></blockquote>' >page.html
pilcrow-index -q -d index .
pilcrow -d index --sort=path -n100 --template='{path} {text}' 'words OR answer OR go OR house OR points OR quotation OR agree OR mine OR look OR well OR follow OR one'
for word in quoted older house ministry schrieb; do
    pilcrow -d index --count $word 2>/dev/null
done
true
