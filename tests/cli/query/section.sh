cp "$CORPUS/articles/map.html" "$CORPUS/articles/kosovo-dialogue.md" .
{
    echo '# Many'
    for n in $(seq 1 110); do
        printf '\nParagraph number %s of this section has a word or two more.\n' "$n"
    done
    printf '\nThe zebrafish is in the last paragraph, with its words.\n'
} >many.md
pilcrow-index -q -d index .
pilcrow -d index -n1 --section '"open door"' | cut -c1-60
echo
pilcrow -d index -n1 --section zebrafish | cut -c1-60 | sed -n '2,4p; $p'
pilcrow -d index -n1 --section --format=md zebrafish | cut -c1-60 | sed -n '1,3p'
pilcrow -d index -n1 --section --json zebrafish |
    jq -c '[(.before | length), (.after | length), .cut_before, .cut_after]'
id=$(pilcrow -d index -n1 --json '"open door"' | jq -r .id)
pilcrow -d index --get "$id" --section --json | jq -c '[.before, .after] | map(map(.paragraph))'
