#!/bin/bash
# The man pages are ones that man can show. Exit status 77, a skipped test, without mandoc.
. "$(dirname "$0")/sources.sh"
command -v mandoc >/dev/null || {
    echo 'mandoc is not installed'
    exit 77
}
mapfile -t pages < <(sources '*.[1-8]')
[ "${#pages[@]}" -gt 0 ] || exit 0
mandoc -T lint -W warning "${pages[@]}" || exit 1
