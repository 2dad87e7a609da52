# Words in one sentence.
pilcrow-index -q -d index "$CORPUS/articles"
shown='  {path}:{paragraph}'
for query in '"Kosovo Serbia"~s' 'Kosovo NEAR/s dialogue' '"Kosovo dialogue Brussels"~s' 'Kosovo NEAR/s'; do
    echo "$query"
    pilcrow -d index -n3 -t "$shown" "$query"
done
