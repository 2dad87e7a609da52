#!/bin/bash
# A file that cannot be read in one go is two modules.
. "$(dirname "$0")/sources.sh"
limit=700
while IFS= read -r file; do
    n_lines=$(wc -l <"$file")
    [ "$n_lines" -le "$limit" ] || refuse "$n_lines lines; the limit is $limit" <<<"$file"
done < <(sources '*.c' '*.h' '*.cc' '*.sh' '*.cmake' CMakeLists.txt)
verdict
