. "$CORPUS/../tests/cli/helpers.sh"
command -v script >/dev/null || skip 'script(1) is not installed'
pilcrow-index -q -d index "$CORPUS/articles/nato-skopje-2023.txt"
export COLUMNS=60
cd "$CORPUS/articles"
script -qec "pilcrow -d $HOME/index '\"attack on all\"'" /dev/null </dev/null | tr -d '\r'
