# formats lists what is read, what confines the readers, and programs for the rest; without
# pilcrow-extract it says what is missing. Each format that it names is one that --format takes.
PATH=$PATH:/nowhere
mkdir empty
pilcrow-index formats | sed 's/is here   /is missing/; s/^cage: .*/cage: .../'
echo "exit $?"
pilcrow-index formats --json | jq -c '.formats | map(select(.readable) | .format) | length'
pilcrow-index formats --json | jq -c '.cage.works, .cage.seccomp'
cp "$(command -v pilcrow-index)" .
./pilcrow-index formats | head -5
./pilcrow-index formats | grep cage
pilcrow-index formats x
for format in $(pilcrow-index formats --json | jq -r '.formats[].format' | grep -v compressed); do
    pilcrow-index -q -n -d index -f "$format" empty || echo "$format: $?"
done
