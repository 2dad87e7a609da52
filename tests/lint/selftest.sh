#!/bin/bash
# Each lint accepts a clean tree, and refuses one with a planted violation: none of them is blind.
set -u
lints=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d "${TMPDIR:-/tmp}/pilcrow-lint-XXXXXX")
trap 'rm -rf "$tree"' EXIT
n_passed=0
n_failed=0

plant_clean() {
    rm -rf "${tree:?}"/*
    mkdir -p "$tree"/{lib/base,lib/index,lib/xapian-c,indexer,query,cmake}
    cp "$lints/../../.clang-format" "$tree/.clang-format"
    cat >"$tree/lib/base/clean.c" <<'END'
/* Says "strcpy(" and exit(1) only here; /x/ is "no comment". */
#include "base/clean.h"

int pil_clean_size(char *out, const char *text, size_t size)
{
    return snprintf(out, size, "%s printf( // getenv(", text); // abort(
}
END
}

# expect STATUS LINT WHAT [ARGUMENT...]: the arguments go to the lint, behind the root.
expect() {
    local output status
    output=$("$lints/$2.sh" "$tree" "${@:4}" 2>&1)
    status=$?
    if [ "$status" -eq "$1" ]; then
        n_passed=$((n_passed + 1))
    else
        n_failed=$((n_failed + 1))
        printf '%s on %s: exit status %s, not %s\n%s\n' "$2" "$3" "$status" "$1" "$output"
    fi
}

# refuses LINT PATH LINE: with this line in a file of its own, the lint fails.
refuses() {
    plant_clean
    mkdir -p "$tree/${2%/*}"
    printf '%s\n' "$3" >"$tree/$2"
    expect 1 "$1" "$2: $3"
}

# accepts LINT [PATH LINE]
accepts() {
    plant_clean
    if [ $# -gt 1 ]; then
        mkdir -p "$tree/${2%/*}"
        printf '%s\n' "$3" >"$tree/$2"
    fi
    expect 0 "$1" "${2-a clean tree}"
}

accepts banned_functions
accepts banned_functions lib/base/x.c 'pil_strcpy(a, b); x->gets(); snprintf(a, 1, "x");'
refuses banned_functions lib/base/x.c '    strcpy(a, b);'
refuses banned_functions query/x.c 'if (x) sprintf (a, "%s", b);'
refuses banned_functions indexer/x.h 'static char *f(void) { return strtok(a, b); }'
refuses banned_functions lib/base/x.c 'x = "\""; atoi(a); y = "\"";'
refuses banned_functions lib/xapian-c/x.cc 'auto p = alloca(10); // fine?'

accepts library_manners
accepts library_manners lib/base/x.c 'return pil_error_set(err, PIL_IO, "x") + fill(error, 1);'
accepts library_manners query/x.c 'printf("hits\n"); exit(0);'
refuses library_manners lib/base/x.c '    printf("x");'
refuses library_manners lib/base/x.c 'fputs(a, stderr);'
refuses library_manners lib/base/x.c 'n = write(STDERR_FILENO, a, 1);'
refuses library_manners lib/base/x.c 'dprintf(2, "x");'
refuses library_manners lib/xapian-c/x.cc 'std::cerr << 1;'
refuses library_manners lib/index/x.c 'const char *home = getenv("HOME");'
refuses library_manners lib/index/x.c '/* a */ exit(1); /* b */'

accepts layers
accepts layers lib/index/x.c '#include "base/error.h"'
accepts layers indexer/CMakeLists.txt 'target_link_libraries(pilcrow-index PRIVATE pilcrow-cli)'
refuses layers lib/base/x.c '#include "index/segment.h"'
refuses layers lib/index/x.c '#  include <search/query.h>'
refuses layers indexer/x.c '#include "search/searcher.h"'
refuses layers indexer/CMakeLists.txt '  PRIVATE pilcrow-search pilcrow-compile)'
refuses layers lib/text/CMakeLists.txt 'DEPENDS pilcrow-base pilcrow-index-lib)'
refuses layers indexer/CMakeLists.txt 'LIBS pilcrow-query-output'
refuses layers query/x.c '#include "indexer/index_options.h"'
refuses layers lib/text/x.c '#include "xapian_c.h"'

accepts file_length
accepts file_length lib/base/long.c "$(yes 'int x;' | head -n 700)"
refuses file_length lib/base/long.c "$(yes 'int x;' | head -n 701)"

accepts unique_names
accepts unique_names query/main.c 'int main(void);'
refuses unique_names query/clean.c 'int x;'

accepts unfinished_marks
refuses unfinished_marks lib/base/x.c "/* TO""DO: more */"
refuses unfinished_marks docs/x.md "FIX""ME"
refuses unfinished_marks scripts/x "# XX""X"

accepts xapian_only_here
refuses xapian_only_here query/x.cc 'int x;'
refuses xapian_only_here lib/index/x.c '#include <xapian.h>'
refuses xapian_only_here lib/index/CMakeLists.txt 'target_link_libraries(x PRIVATE PkgConfig::XAPIAN)'

c_function() {
    printf 'xc_status xc_x(int *out, xc_error *err)\n{\n%s\n}\n' "$1"
}
accepts xapian_only_here
accepts xapian_only_here lib/xapian-c/x.cc '#include <xapian.h>'
accepts xapian_only_here tests/xapian-c/x.cc '#include <xapian/error.h>'
accepts xapian_only_here bench/peers/x.cc '#include <xapian.h>'
refuses xapian_only_here bench/x.c '#include <xapian.h>'
accepts xapian_only_here lib/index/x.c '#include "xapian_c.h" /* of libxapian */'
accepts xapian_only_here lib/xapian-c/x.cc "$(c_function '    return xc::guard(err, [=] { *out = 1; });')"
accepts xapian_only_here lib/xapian-c/x.cc \
    "$(c_function $'    return xc::guard(err, [=] {\n        *out = 1;\n    });')"
accepts xapian_only_here lib/xapian-c/x.cc $'int xc::help(int x)\n{\n    return x;\n}'
refuses xapian_only_here lib/index/x.cc 'int x;'
refuses xapian_only_here lib/base/x.hpp 'int x;'
refuses xapian_only_here tests/unit/x.cpp 'int x;'
refuses xapian_only_here indexer/x.c '#include <xapian.h>'
refuses xapian_only_here query/x.h '  # include "xapian/query.h"'
refuses xapian_only_here lib/index/CMakeLists.txt '  PRIVATE_DEPENDS PkgConfig::XAPIAN)'
refuses xapian_only_here cmake/x.cmake 'target_link_libraries(x PRIVATE -lxapian)'
refuses xapian_only_here lib/xapian-c/x.cc "$(c_function '    return XC_OK;')"
refuses xapian_only_here lib/xapian-c/x.cc "$(c_function '')"
refuses xapian_only_here lib/xapian-c/x.cc \
    "$(c_function $'    *out = f();\n    return xc::guard(err, [=] { g(); });')"
refuses xapian_only_here lib/xapian-c/x.cc \
    "$(c_function $'    (void)xc::guard(err, [=] {\n        g();\n    });\n    return f();')"
refuses xapian_only_here lib/xapian-c/x.cc "$(c_function '    // return xc::guard(err, f);')"
refuses xapian_only_here lib/xapian-c/x.cc 'int xc_x(void) { return 1; }'
refuses xapian_only_here lib/xapian-c/x.cc $'const char *\nxc_x(void)\n{\n    return f();\n}'
refuses xapian_only_here lib/xapian-c/x.cc 'extern "C" int other(void);'
refuses xapian_only_here lib/xapian-c/xapian_c.h 'xc_status xc_x(void);'

if command -v clang-format >/dev/null; then
    accepts format
    refuses format lib/base/x.c 'int  x ;'
fi
if command -v mandoc >/dev/null; then
    accepts man_pages
    refuses man_pages docs/man/x.1 '.ZZ no such macro'
fi

# A program with two options, and its completions.
plant_options() {
    plant_clean
    mkdir -p "$tree"/completions/{bash,zsh,fish}
    printf '#!/bin/sh\necho "  -a, --all  every"\necho "      --run=X  a run"\n' >"$tree/tool"
    chmod +x "$tree/tool"
    echo "words='-a --all --run'" >"$tree/completions/bash/tool"
    printf "_arguments -s \\\n '(-a --all)'{-a,--all}'[x]' '--run=[x]:x:'\n" >"$tree/completions/zsh/_tool"
    printf 'complete -c tool %s\n' '-s a -l all' '-x -l run' >"$tree/completions/fish/tool.fish"
}
plant_options
expect 0 completions 'its options' "$tree/tool"
for page in completions/bash/tool completions/zsh/_tool completions/fish/tool.fish; do
    plant_options
    sed -i 's/run/walk/' "$tree/$page"
    expect 1 completions "another option in $page" "$tree/tool"
    plant_options
    sed -i 's/-a\b/-b/; s/-s a/-s b/' "$tree/$page"
    expect 1 completions "another letter in $page" "$tree/tool"
done
plant_options
sed -i 's/run/walk/' "$tree/tool"
expect 1 completions 'an option that is not completed' "$tree/tool"

headers=../headers/compile_headers
accepts_header() {
    plant_clean
    printf '#ifndef X_H\n#define X_H\n%s\n#endif\n' "$1" >"$tree/lib/base/x.h"
    expect "${2-0}" "$headers" "$1" gcc g++
}
refuses_header() {
    accepts_header "$1" 1
}
if command -v gcc >/dev/null && command -v g++ >/dev/null; then
    accepts_header 'typedef struct pil_x { int a; } pil_x;'
    refuses_header 'size_t pil_x(void);'
    refuses_header 'int pil_x(int new);'
    refuses_header '#endif
enum { PIL_X };
#ifndef Y_H'
fi

echo "$n_passed planted trees judged rightly, $n_failed wrongly"
[ "$n_failed" -eq 0 ]
