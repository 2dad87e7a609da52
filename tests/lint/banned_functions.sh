#!/bin/bash
# Functions that cannot be used safely, or only with more care than their replacement.
. "$(dirname "$0")/sources.sh"
mapfile -t files < <(sources '*.c' '*.h' '*.cc')
banned='strcpy|strcat|stpcpy|strncpy|strncat|sprintf|vsprintf|strtok|atoi|atol|atoll|atof|gets|alloca'
banned+='|tmpnam|mktemp|tempnam|setjmp|longjmp'
refuse 'banned function' < <(code "${files[@]}" |
    grep -E "(^|[^A-Za-z0-9_>.])($banned)[[:space:]]*\(")
verdict
