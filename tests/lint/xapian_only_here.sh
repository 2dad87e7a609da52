#!/bin/bash
# C++ and libxapian stay in lib/xapian-c and its own test, but for the fronts below and for what
# bench/ compares Pilcrow with; and in lib/xapian-c each function that C can call is one call of the
# guard, so that no exception can leave it.
. "$(dirname "$0")/sources.sh"
folder=lib/xapian-c

outside() {
    grep -vE "^$root/($folder|tests/xapian-c|bench/peers)/"
}

# Libraries that have no C interface, each behind one file.
fronts=(indexer/json_parser.cc lib/text/cld2.cc) # simdjson, CLD2

refuse "C++ is for $folder only" < <(sources '*.cc' '*.cpp' '*.cxx' '*.C' '*.hh' '*.hpp' '*.hxx' |
    outside | grep -vxF "$(printf "$root/%s\n" "${fronts[@]}")")

refuse "only $folder includes libxapian" < <(
    sources '*.c' '*.h' '*.cc' '*.hh' | outside |
        of_all grep -nHE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]xapian(\.h[>"]|/)')

refuse "only $folder links libxapian" < <(
    sources CMakeLists.txt '*.cmake' | outside | grep -vx "$root/cmake/PilcrowDependencies.cmake" |
        of_all awk '{ sub(/#.*/, "") }
            /PkgConfig::XAPIAN|XAPIAN_(LINK_)?(LIBRARIES|LDFLAGS)|(^|[^A-Za-z0-9_])-lxapian/ {
                print FILENAME ":" FNR ":" $0
            }')

# Definitions of C functions are known by their prefix, and bodies by clang-format's layout. Prints
# the names whose body is one call of the guard on stdout, other lines of bodies on descriptor 3.
guarded() {
    code "$@" | LC_ALL=C awk '
        {
            match($0, /^[^:]*:[0-9]+:/)
            where = substr($0, 1, RLENGTH)
            line = substr($0, RLENGTH + 1)
            sub(/[ \t]+$/, "", line)
        }
        line ~ /^[a-z]/ && !in_body && match(line, /(^|[ *])xc_[a-z0-9_]+\(/) {
            name = substr(line, RSTART, RLENGTH - 1)
            sub(/^[ *]/, "", name)
        }
        name == "" { next }
        !in_body && line ~ /;$/ { name = ""; next }
        !in_body && line == "{" { in_body = 1; is_first = 1; is_good = 1; next }
        !in_body && line ~ /[{}]/ { print where line >"/dev/fd/3"; name = ""; next }
        !in_body || line == "" { next }
        line == "}" {
            if (is_first) print where " empty" >"/dev/fd/3"
            else if (is_good) print name
            name = ""
            in_body = 0
            next
        }
        is_first {
            is_first = 0
            if (line ~ /^    (return |\(void\))xc::guard(_value)?\(/) next
        }
        line ~ /^ ? ? ? ?[^ ]/ && line != "    });" {
            print where line >"/dev/fd/3"
            is_good = 0
        }'
}

mapfile -t files < <(sources '*.cc' | grep "^$root/$folder/")
if [ "${#files[@]}" -gt 0 ]; then
    why='not one call of the guard'
    refuse "$why" < <(guarded "${files[@]}" 3>&1 >/dev/null)
    refuse 'linkage comes from xapian_c.h' < <(grep -nHE '^[[:space:]]*extern[[:space:]]+"C"' "${files[@]}")
fi

# Nothing that the header declares went unseen.
if [ -f "$root/$folder/xapian_c.h" ]; then
    declared=$(code "$root/$folder/xapian_c.h" | sed -E 's/^[^:]*:[0-9]+://' |
        grep -E '^[A-Za-z]' | grep -vE '^(static|typedef|#)' |
        grep -oE '[ *]xc_[a-z0-9_]+\(' | tr -d ' *(' | LC_ALL=C sort)
    seen=$([ "${#files[@]}" -eq 0 ] || guarded "${files[@]}" 3>/dev/null | LC_ALL=C sort)
    refuse 'declared in xapian_c.h, but no body of one guard call was seen' < <(
        LC_ALL=C comm -23 <(printf '%s\n' "$declared") <(printf '%s\n' "$seen"))
fi
verdict
