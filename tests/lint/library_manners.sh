#!/bin/bash
# lib/ never prints, logs, exits or reads the environment: it returns a status, and the programs
# decide. Standard streams and locales are the program's too.
. "$(dirname "$0")/sources.sh"
mapfile -t files < <(sources '*.c' '*.h' '*.cc' | grep "^$root/lib/")
[ "${#files[@]}" -gt 0 ] || exit 0
calls='printf|vprintf|dprintf|vdprintf|puts|putchar|perror|psignal|err|errx|warn|warnx|syslog|error'
calls+='|exit|_exit|_Exit|quick_exit|abort|getenv|secure_getenv|setenv|putenv|setlocale|system|popen'
words='stdin|stdout|stderr|environ|cout|cerr|clog'
before='(^|[^A-Za-z0-9_>.])'
refuse 'not for lib/ to do' < <(code "${files[@]}" |
    grep -E -e "$before($calls)[[:space:]]*\(" \
        -e "$before($words)([^A-Za-z0-9_]|$)" \
        -e "${before}write[[:space:]]*\([[:space:]]*(STDOUT_FILENO|STDERR_FILENO|[12],)")
verdict
