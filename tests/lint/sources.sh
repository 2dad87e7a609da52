# shellcheck shell=bash
# Sourced by the lints, which are called with the root of the source tree. A lint prints what it
# refuses, as path:line: text, and exits 1 when there was any.
set -u
root=${1:?usage: $0 ROOT}
root=${root%/}

# sources PATTERN... prints the files of the tree with names like these, build directories left out.
sources() {
    local names=() pattern
    for pattern in "$@"; do
        names+=(-o -name "$pattern")
    done
    find "$root" -type d \( -name .git -o -name build -o -name 'build-*' \) -prune \
        -o -type f \( "${names[@]:1}" \) -print | LC_ALL=C sort
}

# of_all COMMAND...: the command, with the files that stdin lists behind its arguments: a process for
# each file would take most of the time.
of_all() {
    tr '\n' '\0' | xargs -0 -r "$@"
}

# code FILE... prints C or C++ as path:line:text, without comments and without what string and
# character literals hold.
code() {
    LC_ALL=C awk -v root="$root/" '
        FNR == 1 { in_comment = 0 }
        {
            rest = $0
            out = ""
            while (rest != "") {
                if (in_comment) {
                    end = index(rest, "*/")
                    if (end == 0) { rest = ""; break }
                    rest = substr(rest, end + 2)
                    in_comment = 0
                } else if (match(rest, /\/\*|\/\/|"|\047/) == 0) {
                    out = out rest
                    rest = ""
                } else {
                    mark = substr(rest, RSTART, RLENGTH)
                    out = out substr(rest, 1, RSTART - 1)
                    rest = substr(rest, RSTART + RLENGTH)
                    if (mark == "/*") in_comment = 1
                    else if (mark == "//") rest = ""
                    else {
                        out = out mark mark
                        while (rest != "") {
                            c = substr(rest, 1, 1)
                            rest = substr(rest, c == "\\" ? 3 : 2)
                            if (c == mark) break
                        }
                    }
                }
            }
            name = FILENAME
            if (index(name, root) == 1) name = substr(name, length(root) + 1)
            print name ":" FNR ":" out
        }' "$@"
}

# refuse WHY, from stdin: reports each line; the lint ends with verdict.
n_refused=0
refuse() {
    local line
    while IFS= read -r line; do
        printf '%s   <- %s\n' "${line#"$root"/}" "$1"
        n_refused=$((n_refused + 1))
    done
}

verdict() {
    [ "$n_refused" -eq 0 ] || exit 1
}
