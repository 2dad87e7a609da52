#!/bin/bash
# Pages whose examples are wrong are refused.
set -u
runner=$(cd "$(dirname "$0")" && pwd)/run_examples.sh
scratch=$(mktemp -d "${TMPDIR:-/tmp}/pilcrow-selftest-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
n_failed=0

# judge STATUS WHAT, from stdin the page
judge() {
    local output status
    cat >"$scratch/page.md"
    output=$("$runner" "$scratch/page.md" "$scratch" 2>&1)
    status=$?
    [ "$status" -eq "$1" ] && return
    n_failed=$((n_failed + 1))
    printf '%s: exit status %s, not %s\n%s\n' "$2" "$status" "$1" "$output"
}

judge 0 'a page that is right' <<'END'
Text, and a block that is no example:
```sh
false && rm -rf /
```
```console
$ mkdir below; cd below; word=here
$ echo "$word" \
> there; ls /nowhere >&2
here there
ls: [..] '/nowhere': No such file or directory
```
More text.
```console
$ pwd | sed 's:.*/::'
below
$ seq 9
1
...
9
```
END
judge 1 'other output' <<'END'
```console
$ echo a
b
```
END
judge 1 'output that is not shown' <<'END'
```console
$ echo a
$ true
```
END
judge 1 'a line missing behind an ellipsis' <<'END'
```console
$ seq 3
...
4
```
END
judge 1 'a block without a command' <<'END'
```console
echo a
```
END
judge 1 'a page without examples' <<'END'
Nothing.
END

[ "$n_failed" -eq 0 ] && echo 'pages are judged rightly'
