# AND, OR, NOT and parentheses: which paragraphs, and in which order.
pilcrow-index -q -d index "$CORPUS/articles"
shown='{path}:{paragraph}'
for query in 'Kosovo AND (dialogue OR talks)' 'Kosovo AND NOT Serbia' '(Kosovo AND Serbia) OR Prespa' \
    'NATO AND (title:Kosovo OR title:Prespa)' '(lang:en "peace agreement") OR title:Prespa' \
    'Kosovo NOT (Serbia OR NATO)'; do
    echo "$query"
    pilcrow -d index -n4 -t "  $shown" "$query"
done
