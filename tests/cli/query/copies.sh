story='The bridge over the river was opened to cars on Monday, after four years of works that cost twice as much as was planned, the minister of transport said at the ceremony.'
echo "SKOPJE, 5 May - $story" >1.txt
echo "PRISTINA (Agency): $story" >2.txt
printf '“%s”\n' "${story/twice/thrice}" >3.txt
printf 'Something else.\n\nThe bridge over the river was not opened on Monday.\n' >4.txt
echo 'The bridge over the river was not opened on Friday.' >5.txt
pilcrow-index -q -d index -- *.txt
export PILCROW_INDEX=$PWD/index
echo "--- for people"
pilcrow bridge
pilcrow -f md -n1 Monday
echo "--- all of them"
pilcrow --dups --format=trec bridge | cut -d' ' -f3,4
pilcrow --dups bridge | grep -c ¶
echo "--- for programs"
pilcrow --files bridge
pilcrow --count bridge
pilcrow --json --dups=collapse bridge | jq -c '[.rank, .path, .copies]'
pilcrow --template='{path}' --dups=collapse bridge
echo "--- pages"
for offset in 0 1 2 3; do
    pilcrow --offset=$offset -n 1 bridge 2>&1 | head -n 1
done
echo "--- in other orders, and grouped"
pilcrow --sort=path --template='{path}' --dups=collapse bridge
pilcrow -g article --template='{path}' --dups=collapse bridge
pilcrow --dups=some bridge || echo "exit status $?"
echo "--- behind what says something else"
mkdir more
for i in {1..20}; do echo "Of other matters number $i was spoken on that day." >"more/$i.txt"; done
echo "No lorries but cars went over the river by ferry." >more/ferry.txt
pilcrow-index -q -d both -- *.txt more
pilcrow -d both --format=trec bridge river cars | cut -d' ' -f3,4
pilcrow -d both --ranking=bm25 --format=trec bridge river cars | cut -d' ' -f3,4
pilcrow -d both --explain -j bridge river cars | jq -c '[.path, (.explanation[] | select(.ranking == "copies").score < 0)]'
