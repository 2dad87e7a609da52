# Words of a form, near misses, and what they mark.
pilcrow-index -q -d index "$CORPUS/articles"
shown='  {path}:{paragraph} {text}'
for query in 'secess*' '*slavia' 'b?rder' 'Kosvo~' 'negotation~2' '"what is" NATO?' '+dialoge~ +Kos*'; do
    echo "$query"
    pilcrow -d index -n2 -t "$shown" "$query" | sed "s|$CORPUS/||" | cut -c1-80
done
echo '**'
pilcrow -d index '**'
echo $?
pilcrow -d index --color=always -n1 'negoti* Pristna~' | grep -o '.\[1[^m]*m[^[]*' | sort -u | cat -v
