#!/bin/bash
# A file that cannot be read in one go is two modules.
. "$(dirname "$0")/sources.sh"
limit=700
refuse "lines; the limit is $limit" < <(
    sources '*.c' '*.h' '*.cc' '*.sh' '*.cmake' CMakeLists.txt | of_all grep -cH '' |
        awk -F: -v limit="$limit" '$NF > limit')
verdict
