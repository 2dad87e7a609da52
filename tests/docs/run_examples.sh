#!/bin/bash
# run_examples.sh FILE.md DIRECTORY...: runs the examples of a page, and compares what they print
# with what the page shows. The directories hold the programs.
#
# An example is a fenced block ```console, in which a line "$ command" (continued by lines
# "> more") is followed by what it prints, standard error included. All commands of a page run one
# after the other in one shell, in a directory of their own that has a copy of the corpus. In the
# output a line "..." stands for any lines, "[..]" for any text within one.
set -u
page=$(realpath "$1")
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/pilcrow-docs-XXXXXX") || exit 1
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/here" "$work/examples"
[ ! -d "$root/corpus" ] || cp -r "$root/corpus" "$work/here/corpus"

# examples/N.command, .expected and .line, numbered in order.
awk -v out="$work/examples/" '
    function finish() {
        if (name != "") { close(name ".command"); close(name ".expected") }
        name = ""
    }
    /^[ \t]*```/ {
        finish()
        if (is_fenced) is_fenced = is_example = 0
        else { is_fenced = 1; is_example = /^[ \t]*```console[ \t]*$/ }
        next
    }
    !is_example { next }
    /^\$ / {
        finish()
        name = out sprintf("%03d", ++n)
        print substr($0, 3) > (name ".command")
        printf "" > (name ".expected")
        print FNR > (name ".line")
        close(name ".line")
        is_command = 1
        next
    }
    is_command && /^> / { print substr($0, 3) > (name ".command"); next }
    name != "" { is_command = 0; print > (name ".expected") }
    name == "" { print FNR > (out "stray"); exit }
' "$page"
if [ -e "$work/examples/stray" ]; then
    echo "$page:$(cat "$work/examples/stray"): an example that does not begin with \"\$ \""
    exit 1
fi

path=
for directory in "$@"; do
    path+=$directory:
done
unset PILCROW_INDEX XDG_DATA_HOME NO_COLOR TERM
export PATH="$path$PATH" HOME="$work/here" LC_ALL=C.UTF-8 COLUMNS=80 TZ=UTC
cd "$HOME" || exit 1

n_examples=0
n_failed=0
for example in "$work"/examples/*.command; do
    [ -e "$example" ] || break
    example=${example%.command}
    n_examples=$((n_examples + 1))
    # In this shell, so that an example can change directory or set a variable for the next one.
    eval "$(cat "$example.command")" </dev/null >"$example.actual" 2>&1
    if ! LC_ALL=C awk -v ellipsis=1 -f "$root/tests/support/match.awk" \
        "$example.expected" "$example.actual"; then
        echo "$page:$(cat "$example.line"): $(cat "$example.command")"
        diff -u --label "what the page shows" --label "what it prints" \
            "$example.expected" "$example.actual"
        n_failed=$((n_failed + 1))
    fi
done
echo "$n_examples examples, $n_failed failed"
[ "$n_examples" -gt 0 ] && [ "$n_failed" -eq 0 ]
