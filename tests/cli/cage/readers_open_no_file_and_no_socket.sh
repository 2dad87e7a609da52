# A reader of foreign formats, once it is confined, opens nothing but what libraries read, makes no
# socket and no process, and has neither our environment nor our descriptors.
. "$CORPUS/../tests/cli/helpers.sh"
strace -f -o /dev/null true 2>/dev/null || skip 'strace cannot trace here'
# Leaks cannot be looked for under strace.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
mkdir in
printf '<p>Text of a page.</p>' >in/a.html
printf '# Head\n\nText of a note.\n' >in/b.md
SECRET=1 strace -f -s 256 -o trace pilcrow-index -j1 -d index in
reader=$(sed -n 's/^\([0-9]*\) *execve(".*pilcrow-extract.*/\1/p' trace)
grep -c 'execve(' trace
grep "^$reader .*execve" trace | grep -o '[0-9]* var'
# From the filter on, which is the last that it does before its first word to us.
sed -n "s/^$reader *//p" trace | sed '1,/seccomp(SECCOMP_SET_MODE_FILTER/d' >confined
grep -c . confined | grep -qx 0 && echo 'nothing was traced'
grep -E '^(open|openat|socket|connect|bind|clone|fork|vfork|execve|unlink|rename|mkdir)\(' confined |
    grep -v '"/usr/\|"/lib/\|"/etc/ld.so.cache\|"/etc/fonts'
exit 0
