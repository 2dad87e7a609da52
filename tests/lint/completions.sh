#!/bin/bash
# completions.sh ROOT PROGRAM: the shells complete the options that PROGRAM --help lists, which come
# from the table that parses them: none more, none less, and with the same letters.
set -u
root=$1 program=$2
name=${program##*/}
n_wrong=0

# Prints "-x --long", or "--long", once for each option of the help text.
options_of_help() {
    "$program" --help | sed -nE 's/^ {2,6}((-[0A-Za-z]), +)?(--[a-z][a-z-]*).*/\2 \3/p' | sed 's/^ //'
}

# The completions name an option wherever they like, each with its letter. The options of the
# shell's own commands are none, and the value -date is none.
words_of() {
    sed -E '/^ *# |^complete /d; s/(compadd|compgen|compopt|mapfile|_arguments|_files)( -[A-Za-z/]+)+//g; s/ -date / /' "$1" |
        grep -oE -e '(^|[^A-Za-z0-9-])--?[0A-Za-z][a-z-]*' | grep -oE -e '--?[0A-Za-z][a-z-]*$'
}

compare() {
    local difference
    difference=$(diff --label "$name --help" --label "$1" -u0 "$2" "$3") && return
    printf '%s\n' "$difference"
    n_wrong=$((n_wrong + 1))
}

scratch=$(mktemp -d "${TMPDIR:-/tmp}/pilcrow-completions-XXXXXX")
trap 'rm -rf "$scratch"' EXIT

options_of_help | LC_ALL=C sort >"$scratch/help"
tr ' ' '\n' <"$scratch/help" | LC_ALL=C sort -u >"$scratch/words"
for completion in "completions/bash/$name" "completions/zsh/_$name"; do
    words_of "$root/$completion" | LC_ALL=C sort -u >"$scratch/completion"
    compare "$completion" "$scratch/words" "$scratch/completion"
done

# fish has them as "-s x -l long".
sed -nE "s/^complete -c $name( .*)? -s ([0A-Za-z]) -l ([a-z-]+).*/-\2 --\3/p
    t
    s/^complete -c $name( .*)? -l ([a-z-]+).*/--\2/p" "$root/completions/fish/$name.fish" |
    LC_ALL=C sort >"$scratch/fish"
compare "completions/fish/$name.fish" "$scratch/help" "$scratch/fish"

[ -s "$scratch/help" ] || {
    echo "$name --help lists no options"
    n_wrong=$((n_wrong + 1))
}
[ "$n_wrong" -eq 0 ]
