cd "$CORPUS/articles"
pilcrow-index -q -d ~/index .
pilcrow -d ~/index -n2 --explain collective defense defense '"armed force"' -Alliance | cut -c1-100
echo "--- JSON"
pilcrow -d ~/index -n1 --json --explain Kovačevski | jq -c .explanation
pilcrow -d ~/index -n1 --json Kovačevski | grep -c explanation
echo "--- in other formats"
pilcrow -d ~/index --explain --format=csv Kosovo
echo "exit status $?"
echo "--- a pattern is one part"
pilcrow -d ~/index -n1 --json --explain 'Kosov*' 2>/dev/null | jq -c '[.explanation[] | [.word, .stem, .times]], (.score - .explanation[0].score | fabs < 1e-6)'
