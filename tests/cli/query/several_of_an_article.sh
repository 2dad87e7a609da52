pilcrow-index -q -d index "$CORPUS/articles"
export PILCROW_INDEX=$PWD/index
cd "$CORPUS/articles"
pilcrow -n 2 -g article --per-article=3 Kosovo dialogue
echo "--- in other formats"
pilcrow -n 2 -g article --per-article=3 Kosovo dialogue --json |
    jq -c '[.rank, .path, .paragraph, .more_in_article]'
pilcrow -n 2 --offset 1 -g article --per-article 2 Kosovo dialogue --format=trec | cut -d' ' -f3,4
echo "--- the same as without"
pilcrow -g article Kosovo | cmp - <(pilcrow -g article --per-article=1 Kosovo)
echo "--- what is wrong"
pilcrow --per-article=2 Kosovo || echo "exit status $?"
pilcrow -g article --per-article=0 Kosovo || echo "exit status $?"
