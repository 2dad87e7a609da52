# Either spelling finds the other, behind its own; what is asked for as written stays.
pilcrow-index -q -d index "$CORPUS/articles"
for words in "military defence" "military defense" '"collective defense"' '+organise'; do
    echo "== $words"
    pilcrow -d index --all -n5 --template='{article}:{paragraph} {text}' "$words" |
        sed "s|.*/||" | grep -oiE '^[^ ]*|defen[cs]e|organi[sz]\w*' | tr '\n' ' '
    echo
    pilcrow -d index --all --count --no-variants "$words"
done
pilcrow -d index --count =defence
