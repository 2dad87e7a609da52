for name in "$CORPUS"/articles/*; do
    pilcrow-index -q -d many "$name"
done
pilcrow-index -q -d one "$CORPUS/articles"
cd "$CORPUS/articles"
for query in 'Kosovo dialogue' '"Security Council" resolution' '+NATO -Serbia enlargement'; do
    # Scores of equal hits may be in either order.
    pilcrow -d ~/many --format=trec -n1000 -- $query | cut -d' ' -f3,5 | sort >~/many.hits
    pilcrow -d ~/one --format=trec -n1000 -- $query | cut -d' ' -f3,5 | sort >~/one.hits
    cmp ~/many.hits ~/one.hits && echo 'the same'
done
