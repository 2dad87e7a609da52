# What is too much is cut, with a note and the exit status 7, and answered all the same.
pilcrow-index -q -d index "$CORPUS/articles"
pilcrow -d index -n1 -t '{path}' Kosovo $(seq 1000 1200)
echo $?
pilcrow -d index -n1 -t '{path}' Kosovo "$(printf '(%.0s' $(seq 100000))"
echo $?
set -f
pilcrow -d index -c $(printf '%s* ' {a..z})
echo $?
yes 'Kosovo AND NOT' | head -c 1000000 | tr '\n' ' ' > query
printf '1\t%s Serbia\n' "$(cat query)" > topics
pilcrow -d index --topics topics -n1 -t '{path}'
echo $?
