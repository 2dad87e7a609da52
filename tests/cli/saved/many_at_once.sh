# Processes that write the same files at the same time leave files that one of them wrote.
pilcrow-index -q -d index "$CORPUS/articles"
pilcrow --save kosovo Kosovo
for _ in 1 2 3 4 5 6 7 8; do
    for _ in 1 2 3 4; do
        pilcrow -d index @kosovo --new --files >/dev/null 2>>errors &
        pilcrow --save kosovo Kosovo 2>>errors &
    done
    wait
done
cat errors
pilcrow -d index @kosovo --new
echo "exit status $?"
pilcrow --saved
find .local -name '.*-*'
