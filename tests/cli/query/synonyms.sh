# Synonyms from a file: of one word and of several, on both sides.
. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
echo 'The Kosovo Force came.' >texts/a.txt
echo 'KFOR came.' >texts/b.txt
echo 'A force came to Kosovo.' >texts/c.txt
pilcrow-index -q -d index texts
printf '\xef\xbb\xbf# forces\r\n\n  KFOR ,Kosovo  Force\t\r\n' >groups
for words in KFOR kfor 'Kosovo Force' '"kosovo force"' '+KFOR' =KFOR 'came -KFOR'; do
    echo "$words: $(hits -d index --synonyms=groups "$words" | tr '\n' ' ')"
done
echo "== by default"
mkdir -p .config/pilcrow other/pilcrow
cp groups .config/pilcrow/synonyms
pilcrow -d index --count KFOR
pilcrow -d index --count --synonyms=/dev/null KFOR
XDG_CONFIG_HOME=$PWD/other pilcrow -d index --count KFOR
printf 'force' >other/pilcrow/synonyms
XDG_CONFIG_HOME=$PWD/other pilcrow -d index --count KFOR
echo "exit status $?"
XDG_CONFIG_HOME=$PWD/other pilcrow -d index --count --synonyms=groups KFOR
echo "== what is wrong"
wrong() {
    printf "$1" >bad
    pilcrow -d index --synonyms=bad KFOR
    echo "exit status $?"
}
wrong '# a\na, b\nonly\n'
wrong 'a,,b\n'
wrong 'a, b,\n'
wrong 'a\377, b\n'
wrong 'a\0, b\n'
wrong "a, $(seq -s ' ' 13)\n"
wrong "$(seq -s , 33)\n"
pilcrow -d index --synonyms=nowhere KFOR
echo "exit status $?"
pilcrow -d index --synonyms=texts KFOR
echo "exit status $?"
seq -f '%.0f, x' 200000 >large
pilcrow -d index --synonyms=large KFOR
echo "exit status $?"
seq -f '%.0f, x' 50000 >many
pilcrow -d index --synonyms=many --count x
