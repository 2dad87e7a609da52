# Regular expressions are conditions on what the other words find.
pilcrow-index -q -d index "$CORPUS/articles"
shown='  {path}:{paragraph}'
for query in 'NATO /Article\s\d/' 'Kosovo -/Serbia/ dialogue' 'resolution /SECURITY council resolution \d+/i' '/bin/sh' \
    '/[A-Z]{6,}/' '/(a+)+$/ Kosovo'; do
    echo "$query"
    pilcrow -d index -n3 -t "$shown" "$query"
    echo "  exit $?"
done 2>&1
pilcrow -d index 'Kosovo /dialog(ue/'
echo "exit $?"
