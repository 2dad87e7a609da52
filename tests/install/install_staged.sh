#!/bin/bash
# install_staged.sh CMAKE BUILD: an installation into an empty prefix has every file where Debian
# looks for it, and the installed programs work.
set -eu
cmake=$1 build=$2
stage=$(mktemp -d "${TMPDIR:-/tmp}/pilcrow-stage-XXXXXX")
trap 'rm -rf "$stage"' EXIT
"$cmake" --install "$build" --prefix "$stage" >/dev/null

n_missing=0
while read -r file; do
    [ -s "$stage/$file" ] || {
        echo "not installed: $file"
        n_missing=$((n_missing + 1))
    }
done <<'EXPECTED'
bin/pilcrow
bin/pilcrow-index
libexec/pilcrow/pilcrow-extract
share/man/man1/pilcrow.1
share/man/man1/pilcrow-index.1
share/man/man7/pilcrow-query.7
share/bash-completion/completions/pilcrow
share/bash-completion/completions/pilcrow-index
share/zsh/vendor-completions/_pilcrow
share/zsh/vendor-completions/_pilcrow-index
share/fish/vendor_completions.d/pilcrow.fish
share/fish/vendor_completions.d/pilcrow-index.fish
share/doc/pilcrow/README.md
share/doc/pilcrow/CHANGELOG.md
share/doc/pilcrow/copyright
EXPECTED
"$stage/bin/pilcrow" --version
"$stage/bin/pilcrow-index" --version
# The installed indexer finds the installed reader of foreign formats.
printf '<p>Text of a page.</p>' >"$stage/a.html"
"$stage/bin/pilcrow-index" -d "$stage/index" "$stage/a.html"
[ "$n_missing" -eq 0 ]
