# In a zsh that a terminal was made for: what the line becomes when TAB is hit.
. "$CORPUS/../tests/cli/helpers.sh"
command -v zsh >/dev/null || skip 'there is no zsh here'
pilcrow --save kosovo Kosovo
pilcrow --save map '"Action Plan"'
cat >complete.zsh <<'END'
zmodload zsh/zpty
zpty -b shell TERM=dumb zsh -f -i
zpty -w shell "unsetopt zle_bracketed_paste; PS1='' PS2=''; fpath=($1 \$fpath)"
zpty -w shell 'autoload -Uz compinit; compinit -u -D; bindkey "^I" complete-word'
zpty -w shell 'show() { print -r -- "<<$BUFFER>>"; BUFFER=""; zle redisplay }; zle -N show; bindkey "^X" show'
zpty -w shell 'print ready'
zpty -r -m shell seen '*ready*ready*'
for line in "${@:2}"; do
    zpty -w -n shell "$line"$'\t\x18'
    zpty -r -m shell seen '*<<*>>*'
    print -r -- "$line: ${${seen##*<<}%%>>*}"
done
END
timeout 60 zsh -f complete.zsh "$CORPUS/../completions/zsh" 'pilcrow @k' 'pilcrow @m' 'pilcrow --forget=m' \
    'pilcrow Kosovo tit' 'pilcrow --colo' 'pilcrow --format=vim'
