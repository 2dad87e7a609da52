#!/bin/bash
# run_case.sh CASE.sh DIRECTORY...: runs one case of the command-line tests, and compares what it
# prints, and how it exits, with what is expected of it. The directories hold the programs.
#
# A case is a shell script tests/cli/<topic>/<case>.sh. Beside it lie <case>.stdout, <case>.stderr
# (nothing expected when there is no such file) and <case>.exit (0 when there is none). It runs in
# an empty directory that is also its HOME, with the programs on its PATH and $CORPUS naming the
# sample articles. In what it prints, that directory becomes $TMP and the corpus $CORPUS. "[..]" in
# an expected line stands for any text. A case that cannot be run here exits with 77, and so does
# this; helpers.sh has that and more of what several cases need.
#
# With UPDATE=1 the expectations are rewritten instead.
set -u
case_file=$1
shift
base=${case_file%.sh}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/pilcrow-cli-XXXXXX") || exit 1
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
work=$(cd "$work" && pwd -P)
mkdir "$work/home" "$work/out"

path=
for directory in "$@"; do
    path+=$directory:
done
unset PILCROW_INDEX XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME NO_COLOR TERM POSIXLY_CORRECT
export PATH="$path$PATH" HOME="$work/home" CORPUS="$root/corpus" LC_ALL=C.UTF-8 COLUMNS=80 TZ=UTC
export TMPDIR="$work/home"
# A sanitizer's report goes to a file: a case may look at neither stderr nor the exit status.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}log_path=$work/sanitizer"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}log_path=$work/sanitizer"

(cd "$HOME" && exec bash "$case_file" </dev/null >"$work/out/stdout.raw" 2>"$work/out/stderr.raw")
echo $? >"$work/out/exit"
if [ "$(cat "$work/out/exit")" = 77 ]; then
    cat "$work/out/stderr.raw"
    exit 77
fi
if [ "$(cat "$work/out/exit")" = 77 ]; then
    echo "skipped: $(cat "$work/out/stderr.raw")"
    exit 77
fi

# Paths of this run become names; sed keeps a missing last line feed missing.
quoted() {
    printf '%s' "$1" | sed 's/[][\.*^$|]/\\&/g'
}
for stream in stdout stderr; do
    LC_ALL=C sed -e "s|$(quoted "$HOME")|\$TMP|g" -e "s|$(quoted "$CORPUS")|\$CORPUS|g" \
        "$work/out/$stream.raw" >"$work/out/$stream"
done

n_wrong=0
for what in stdout stderr exit; do
    expected=$work/expected.$what
    if [ -e "$base.$what" ]; then
        cp "$base.$what" "$expected"
    elif [ "$what" = exit ]; then
        echo 0 >"$expected"
    else
        : >"$expected"
    fi
    cmp -s "$expected" "$work/out/$what" && continue
    if grep -qF '[..]' "$expected" &&
        LC_ALL=C awk -f "$root/tests/support/match.awk" "$expected" "$work/out/$what"; then
        continue
    fi
    if [ "${UPDATE:-0}" = 1 ]; then
        LC_ALL=C awk -v update=1 -f "$root/tests/support/match.awk" "$expected" \
            "$work/out/$what" >"$work/updated"
        grep -qF '[..]' "$expected" || cp "$work/out/$what" "$work/updated"
        cp "$work/updated" "$base.$what"
        { [ "$what" = exit ] && [ "$(cat "$base.exit")" = 0 ] || [ ! -s "$base.$what" ]; } &&
            rm -f "$base.$what"
        echo "updated ${base#"$root"/}.$what"
    else
        diff -u --label "expected ${base##*/}.$what" --label "what came" \
            "$expected" "$work/out/$what"
        n_wrong=$((n_wrong + 1))
    fi
done
for report in "$work"/sanitizer*; do
    [ -e "$report" ] || continue
    cat "$report"
    n_wrong=$((n_wrong + 1))
done
[ "$n_wrong" -eq 0 ]
