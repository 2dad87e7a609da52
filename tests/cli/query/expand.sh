# What words match: forms, compounds, spellings and synonyms, as text and as JSON.
. "$CORPUS/../tests/cli/helpers.sh"
mkdir texts
printf 'The colour of the euro atlantic area.\n' >texts/a1.txt
printf 'Colors, and colours of the European region.\n' >texts/a2.txt
printf 'color\n' >texts/b.txt
pilcrow-index -q -d index --language=en texts/a1.txt texts/a2.txt
pilcrow-index -q -d index --language=es texts/b.txt
printf 'area, European region\n' >groups
pilcrow -d index --synonyms=groups --expand colour euroatlantic area
echo "exit status $?"
echo "== only what was typed"
pilcrow -d index --expand --no-variants colour
echo "== another language"
pilcrow -d index --expand -L es color
echo "== as written"
pilcrow -d index --expand =colour
echo "exit status $?"
echo "== nothing"
pilcrow -d index --expand zebra
echo "exit status $?"
pilcrow -d index --expand --json 'zebra "colour of"' | jq -c .
echo "== a terminal is safe"
pilcrow -d index --expand "$(printf 'a\033[31mcolour')" | cat -v
echo "== what does not go together"
pilcrow -d index --expand --get 0123456789abcdef
pilcrow -d index --expand --format=csv colour
pilcrow -d index --expand --count colour
echo "== nobody reads it"
pilcrow -d index --expand colour | head -0
echo "${PIPESTATUS[0]}"
pilcrow -d index --expand colour >/dev/full
echo "exit status $?"
