mkdir news
for year in 1996 2012; do
    printf -- '---\ndate: %s-05-01\n---\nThe talks on the ceasefire went on in %s.\n' $year $year >news/$year.md
done
printf -- '---\ndate: 1996-05-02\n---\nTalks on the ceasefire, talks on a ceasefire.\n' >news/best.md
echo 'Nobody dated the talks on the ceasefire.' >news/undated.txt
pilcrow-index -q -d index news
export PILCROW_INDEX=$PWD/index
echo "--- by what the texts say"
pilcrow --files ceasefire talks
echo "--- newer ones first, when they are about as good"
pilcrow --files --recent ceasefire talks
pilcrow --files --recent=3650 '"the ceasefire"'
echo "--- what it adds is explained"
pilcrow -j --explain --recent ceasefire talks |
    jq -c '[.date, (.score - ([.explanation[].score] | add) | fabs < 0.000001), ([.explanation[] | select(.ranking == "recency").score] | add) > 0]'
echo "--- saved and compared"
pilcrow --save=news --recent=30 ceasefire
pilcrow --saved
pilcrow --forget=news
printf '1\tceasefire talks\n' >topics
printf '1 0 %s 1\n' news/2012.md:1 >qrels
pilcrow --topics=topics --eval=qrels --compare '' --recent=36500 2>&1 | grep '^RR'
for days in 0 1000001 week ''; do
    pilcrow --recent="$days" ceasefire || echo "exit status $?"
done
