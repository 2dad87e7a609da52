. "$CORPUS/../tests/cli/helpers.sh"
command -v script >/dev/null || skip 'script(1) is not installed'
echo 'The quokka is a small marsupial.' >a.txt
pilcrow-index -q -d index a.txt
export TERM=xterm
on_terminal() { script -qec "$1" /dev/null </dev/null | tr -d '\r' | cat -v; }
on_terminal 'pilcrow -d index quokka'
on_terminal 'NO_COLOR=1 pilcrow -d index quokka'
on_terminal 'TERM=dumb pilcrow -d index quokka'
