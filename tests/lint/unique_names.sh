#!/bin/bash
# No two files of C or C++ share a name, so that a name in a backtrace, a coverage report or an
# #include is one file. Each program has its own main.c.
. "$(dirname "$0")/sources.sh"
refuse 'a second file of that name' < <(sources '*.c' '*.cc' '*.h' |
    awk -F/ '$NF != "main.c" && seen[$NF]++')
verdict
