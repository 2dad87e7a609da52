. "$CORPUS/../tests/cli/helpers.sh"
command -v fish >/dev/null || skip 'there is no fish here'
pilcrow --save kosovo Kosovo
pilcrow --save map '"Action Plan"'
offers() {
    echo "--- $1"
    fish --no-config -c "source '$CORPUS/../completions/fish/pilcrow.fish'; complete -C '$1'"
}
offers 'pilcrow @'
offers 'pilcrow @m'
offers 'pilcrow --forget k'
offers 'pilcrow Kosovo tit'
offers 'pilcrow --colo'
offers 'pilcrow --format vim'
