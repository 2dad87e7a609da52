#!/bin/bash
# compile_headers.sh ROOT CC CXX: each header says all it needs, and is valid C17 and C++17.
# It is included twice, which tries its guard.
set -u
root=$1 cc=$2 cxx=$3
flags=(-Wall -Wextra -Wpedantic -Werror -fsyntax-only -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L
    -I"$root" -I"$root/lib/xapian-c" -I"$root/tests")
for include in "$root"/lib/*/include; do
    flags+=(-I"$include")
done

n_headers=0
n_failed=0
while IFS= read -r header; do
    n_headers=$((n_headers + 1))
    text=$(printf '#include "%s"\n#include "%s"\n' "$root/$header" "$root/$header")
    "$cc" -x c -std=c17 "${flags[@]}" - <<<"$text" &&
        "$cxx" -x c++ -std=c++17 "${flags[@]}" - <<<"$text" || {
        echo "$header: does not compile alone"
        n_failed=$((n_failed + 1))
    }
done < <(cd "$root" && find lib indexer query tests -name '*.h' 2>/dev/null | LC_ALL=C sort)

echo "$n_headers headers, $n_failed failed"
[ "$n_headers" -gt 0 ] && [ "$n_failed" -eq 0 ]
