#!/bin/bash
# The arrows between the folders go one way. A folder includes, and its CMakeLists.txt links, only
# what stands in its row.
. "$(dirname "$0")/sources.sh"
folders='base text passage xapian-c index search cli indexer query'
may_use() {
    case $1 in
    lib/base) echo base ;;
    lib/text) echo text base ;;
    lib/passage) echo passage text base ;;
    lib/xapian-c) echo xapian-c base ;;
    lib/index) echo index passage text xapian-c base ;;
    lib/search) echo search index passage text xapian-c base ;;
    lib/cli) echo cli base ;;
    indexer) echo indexer cli index passage text xapian-c base ;;
    query) echo query cli search index passage text xapian-c base ;;
    esac
}
for folder in lib/base lib/text lib/passage lib/xapian-c lib/index lib/search lib/cli indexer query; do
    [ -d "$root/$folder" ] || continue
    refused=
    for other in $folders; do
        case " $(may_use "$folder") " in
        *" $other "*) ;;
        *) refused+="|$other" ;;
        esac
    done
    refused=${refused#|}
    refuse "$folder may not use it" < <(
        find "$root/$folder" \( -name '*.c' -o -name '*.h' -o -name '*.cc' \) -exec \
            grep -nHE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[\"<]($refused)/" {} +
        case $refused in *xapian-c*)
            find "$root/$folder" \( -name '*.c' -o -name '*.h' \) -exec \
                grep -nHE '^[[:space:]]*#[[:space:]]*include.*xapian_c\.h' {} + ;;
        esac
        find "$root/$folder" -name CMakeLists.txt -exec \
            grep -nHE "(^|[^A-Za-z0-9_-])pilcrow-($refused)(-lib|-output)?([^A-Za-z0-9_-]|$)" {} + |
            grep -vE 'add_executable|install')
done
verdict
