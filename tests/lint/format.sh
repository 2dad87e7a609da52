#!/bin/bash
# All C and C++ is as clang-format leaves it. Exit status 77, a skipped test, without clang-format.
. "$(dirname "$0")/sources.sh"
command -v clang-format >/dev/null || {
    echo 'clang-format is not installed'
    exit 77
}
mapfile -t files < <(sources '*.c' '*.h' '*.cc')
[ "${#files[@]}" -gt 0 ] || exit 0
cd "$root" && exec clang-format --dry-run --Werror "${files[@]}"
