# Each form of a line finds the texts with any of the others, whichever sign is in them.
. "$CORPUS/../tests/cli/helpers.sh"
# try FORM...: how many of the texts, one a form, each form finds
try() {
    local form n=0
    rm -rf texts index
    mkdir texts
    for form in "$@"; do
        n=$((n + 1))
        echo "Here is $form in a text." >texts/$n.txt
    done
    pilcrow-index -q -d index --language=${language:-en} texts
    for form in "$@"; do
        echo "$form: $(articles -d index -- "$form" | wc -l) of $n"
    done
}
try 'NATO' "NATO's" 'NATO’s' 'Nato' 'nato'
try 'Kovačevski' 'Kovacevski' 'KOVAČEVSKI' $'Kovac\u030cevski'
try 'U.N.' 'UN' 'U.N'
try 'Euro-Atlantic' 'EuroAtlantic' 'Euro Atlantic' 'euro-atlantic' $'Euro\u2010Atlantic'
try 'defence' 'defences' 'Defences' 'DEFENCE'
language=sr try 'Ђоковић' 'Đoković' 'Djoković'
try 'café' $'cafe\u0301' 'CAFÉ' 'cafe'
try 'ﬁnance' 'finance'
