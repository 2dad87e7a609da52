. "$CORPUS/../tests/cli/helpers.sh"
command -v script >/dev/null || skip 'script(1) is not installed'
{
    yes 'Here is filling.' | head -500 | tr '\n' ' '
    printf 'In the midst is a quokka. '
    yes 'Here is filling.' | head -500 | tr '\n' ' '
    echo
} >a.txt
pilcrow-index -q -d index a.txt
script -qec 'pilcrow -d index quokka' /dev/null </dev/null | tr -d '\r'
pilcrow -d index quokka | wc -c
