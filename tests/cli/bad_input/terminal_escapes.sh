# Nothing that a terminal acts on comes out raw, wherever it came from.
osc=$'\e]52;c;cXVva2th\a' csi=$'\e[2J' c1=$'\u009b31m' del=$'\x7f' rtl=$'\u202e' cr=$'\r'
mkdir texts
printf '%s\n' "A quokka $osc $csi $c1 $del $rtl and so on" >texts/a.txt
printf -- '---\ntitle: "Title \\e[31m"\ndate: "2024\\e[5m"\n---\n# Heading %s\n\nA quokka here.\n' "$csi" >texts/b.md
printf '{"id":"x","title":"T \\u001b[2J","text":"A quokka \\u001b]0;title\\u0007 \\u009b1m"}\n' >texts/c.jsonl
printf 'A quokka.' >"texts/name$csi.txt"
printf 'a\0b' >"texts/bad$csi.txt"
printf '{"id":"\\u001b[2J"}\n{"id":"y\\u001b","text":1\n\e[2J\n' >texts/d.jsonl
raw() { LC_ALL=C grep -c -a -P '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae' "$1"; }
printf '%s\n' "$csi" "$c1" "$rtl" >out # so much it finds
raw out
pilcrow-index -d index -v texts >out 2>&1
raw out
for options in --color=never --json --format=trec '-C1'; do
    pilcrow -d index $options quokka "wombat$csi" -- "$osc" >out 2>&1
    raw out
done
pilcrow -d index --color=always quokka "wombat$csi" 2>&1 | sed $'s/\e\\[[0-9;]*m//g' >out
raw out
pilcrow-index status --skipped -d index >out
raw out
pilcrow-index status --json -d index >out
raw out
pilcrow -d "no$csi" quokka >out 2>&1
pilcrow --no"$csi" quokka >>out 2>&1
pilcrow-index -d index "no$csi" >>out 2>&1
pilcrow-index -d index --language="no$csi" . >>out 2>&1
raw out
pilcrow -d index --color=never 'quokka and so on' -n1
