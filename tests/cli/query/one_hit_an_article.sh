. "$CORPUS/../tests/cli/helpers.sh"
pilcrow-index -q -d index "$CORPUS/articles"
hits -d index -n100 --group=article Kosovo | sed 's/:[0-9]*$//' | sort | uniq -d
pilcrow -d index -n100 Kosovo --json | sed 's/.*"article":"\([^"]*\)".*/\1/' | sort -u | wc -l
pilcrow -d index -n100 --group=article Kosovo --json | wc -l
pilcrow -d index -n1 --group=article Kosovo KFOR --json | grep -o '"more_in_article":[0-9]*'
