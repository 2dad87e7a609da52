# A search that would take minutes is broken off, with what was found and the exit status 7.
for i in $(seq 20000); do
    printf 'Paragraph %d is aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of all.\n\n' "$i"
done >many.txt
pilcrow-index -q -d index many.txt
pilcrow -d index --timeout=1 -n 20000 -t '{path}' '/(a|aa)+[0-9]|1 is/' >hits
echo "exit status $?"
sort -u hits
pilcrow -d index --timeout=1 --count '/(a|aa)+[0-9]/' >number
echo "exit status $?"
pilcrow -d index --timeout=0 --count '/9999 is/'
pilcrow -d index --timeout=-1 all
echo "exit status $?"
