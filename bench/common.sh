# shellcheck shell=bash
# Sourced by the scripts beside it.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LC_ALL=C

die() {
    echo "${0##*/}: $*" >&2
    exit 1
}

say() {
    [ -n "${quiet-}" ] || echo "${0##*/}: $*" >&2
}

# need COMMAND PACKAGE [COMMAND PACKAGE]...: ends with the list of Debian packages that are lacking.
need() {
    local missing=
    while [ $# -gt 0 ]; do
        command -v "$1" >/dev/null || missing+=" $2"
        shift 2
    done
    [ -z "$missing" ] || die "missing; install with apt:$missing"
}

# find_programs BUILD: the programs of Pilcrow and of the runners, from a build directory.
find_programs() {
    local build=$1 target
    [ -d "$build" ] || die "$build: no such build directory"
    build=$(realpath "$build")
    pilcrow_index=$build/indexer/pilcrow-index pilcrow=$build/query/pilcrow
    pilcrow_runner=$build/bench/pilcrow-runner pilcrow_parts=$build/bench/pilcrow-parts
    for target in "${@:2}"; do
        say "building $target"
        cmake --build "$build" --target "$target" >"$work/build.log" 2>&1 ||
            { cat "$work/build.log" >&2; die "cannot build $target in $build"; }
    done
}

# build_stopwatch: $stopwatch FILE COMMAND... measures.
build_stopwatch() {
    stopwatch=$work/stopwatch
    gcc -std=c17 -O2 -D_DEFAULT_SOURCE -o "$stopwatch" "$here/peers/stopwatch.c"
}

# make_work [DIRECTORY]: where everything is kept; one of our own goes away in the end.
make_work() {
    if [ $# -gt 0 ] && [ -n "$1" ]; then
        mkdir -p "$1"
        work=$(realpath "$1")
    else
        work=$(mktemp -d "${TMPDIR:-/tmp}/pilcrow-bench-XXXXXX")
        trap 'rm -rf "$work"' EXIT
    fi
}

# count_cpus LIST, as taskset takes it: 0,1 or 0-3.
count_cpus() {
    taskset -c "$1" nproc
}

# median N FILE: the median of a column of numbers.
median() {
    awk -v n="$1" '{ print $n }' "$2" | sort -g |
        awk '{ v[NR] = $1 } END { if (NR) print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# percentile P N FILE
percentile() {
    awk -v n="$2" '{ print $n }' "$3" | sort -g |
        awk -v p="$1" '{ v[NR] = $1 } END { if (NR) { i = int(NR * p / 100) + 1; if (i > NR) i = NR; print v[i] } }'
}

# calculate EXPRESSION [FORMAT]: numbers from awk.
calculate() {
    awk "BEGIN { printf \"${2:-%.2f}\", $1 }"
}

bytes_of() {
    du -sb "$@" | awk '{ n += $1 } END { print n }'
}

# text_bytes CORPUS: of the articles' texts, as UTF-8.
text_bytes() {
    jq -j .text "$1" | wc -c
}

# The median time of a process that writes 8 KiB and syncs them: what a commit is made of.
time_sync() {
    local times=$work/sync.times i
    rm -f "$times"
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21; do
        "$stopwatch" "$times" dd if=/dev/zero of="$work/sync.file" bs=8k count=1 conv=fsync 2>/dev/null
    done
    calculate "1e3 * $(median 2 "$times")" %.1f
}

describe_machine() { # cpus; needs the stopwatch
    local model memory
    model=$(lscpu | sed -n 's/^Model name: *//p' | head -n 1)
    memory=$(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)
    echo "$(date -u +%Y-%m-%d), $model, $(nproc --all) cores, $memory, $(. /etc/os-release && echo "$PRETTY_NAME"); pinned to cores $1; files on $(stat -f -c %T "$work"), where a process that writes 8 KiB and syncs them takes $(time_sync) ms; load $(cut -d' ' -f1 /proc/loadavg)."
}

# split_articles DIRECTORY, from stdin a corpus: writes each article as a text file, <id>.txt, and
# prints their names.
split_articles() {
    jq -r '"\u001e" + .id, .text' | awk -v to="$1/" '
        /^\036/ {
            if (name != "") close(name)
            id = substr($0, 2)
            gsub("/", "_", id)
            name = to id ".txt"
            print name
            printf "" > name
            next
        }
        { print > name }'
}
