#!/bin/bash
# compile_headers.sh ROOT CC CXX: each header says all it needs, is valid C17 and C++17, and goes
# with the others of its folder. It is included twice, which tries its guard.
set -u
root=$1 cc=$2 cxx=$3
flags=(-Wall -Wextra -Wpedantic -Werror -fsyntax-only -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L
    -I"$root" -I"$root/lib/xapian-c" -I"$root/tests")
for include in "$root"/lib/*/include; do
    flags+=(-I"$include")
done

n_headers=0
n_failed=0
for folder in lib indexer query tests; do
    all=
    while IFS= read -r header; do
        n_headers=$((n_headers + 1))
        text=$(printf '#include "%s"\n#include "%s"\n' "$root/$header" "$root/$header")
        all+=$text$'\n'
        "$cc" -x c -std=c17 "${flags[@]}" - <<<"$text" || {
            echo "$header: does not compile alone"
            n_failed=$((n_failed + 1))
        }
    done < <(cd "$root" && find "$folder" -name '*.h' 2>/dev/null | LC_ALL=C sort)
    "$cxx" -x c++ -std=c++17 "${flags[@]}" - <<<"$all" || {
        echo "$folder: its headers are not C++"
        n_failed=$((n_failed + 1))
    }
done
echo "$n_headers headers, $n_failed failed"
[ "$n_headers" -gt 0 ] && [ "$n_failed" -eq 0 ]
