. "$CORPUS/../tests/cli/helpers.sh"
command -v script >/dev/null || skip 'script(1) is not installed'
cp -r "$CORPUS/articles" .
pilcrow-index -q -d index articles
export COLUMNS=40
script -qec "pilcrow -d index --timeline --color=never Kosovo" /dev/null </dev/null | tr -d '\r'
script -qec "pilcrow -d index --timeline --color=always Kosovo" /dev/null </dev/null | tr -d '\r' |
    head -n 1 | cat -v
