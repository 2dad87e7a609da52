# A compressed file that ends too early: records that are whole are read, and what was indexed of the
# others stays; a text of which the end is missing is not read in place of the whole one.
texts() { # FORMAT: numbered texts, which do not compress well
    python3 -c '
import hashlib, sys
for i in range(6000):
    sys.stdout.write(sys.argv[1] % (i, hashlib.sha256(b"%d" % i).hexdigest()))' "$1"
}
cut() { # FILE: its first two thirds
    head -c $(($(stat -c %s "$1") * 2 / 3)) "$1" >cut && mv cut "$1"
}
mkdir in
texts '{"id":"%s","text":"Record number%s of the lines."}
' | gzip >in/a.jsonl.gz
{ echo id,text; texts '%s,"Row number%s,
in two lines."
'; } | xz >in/b.csv.xz
texts 'From a@b Mon Mar  4 10:00:00 2019
Message-ID: <%s@b>

Message %s in a box.

' | zstd -q >in/c.mbox.zst
texts 'Paragraph %s of %s.

' | gzip >in/d.txt.gz
cp -r in whole
for file in in/*; do
    cut "$file"
done
echo '--- never seen whole'
pilcrow-index -d index in 2>&1
echo "exit $?"
pilcrow-index status --skipped -d index | sed 's/: .*//'
for word in record row message paragraph; do
    n=$(pilcrow -d index --count $word 2>/dev/null)
    [ "$n" -gt 2000 ] && [ "$n" -lt 4000 ] && n='some thousands'
    echo "$word: $n"
done
echo '--- whole, then cut'
pilcrow-index -d other whole
cp in/* whole
pilcrow-index -d other whole 2>/dev/null
echo "exit $?"
for word in record row message paragraph; do
    echo "$word: $(pilcrow -d other --count $word)"
done
