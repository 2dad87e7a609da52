/* Starts programs that get nothing of ours but what they are given. */
#ifndef INDEXER_START_PROGRAM_H
#define INDEXER_START_PROGRAM_H

#include <sys/types.h>

/* Starts arguments[0], looked for as PATH says unless it has a slash, with these arguments and this
 * environment (both end in NULL), and descriptors[0..3) as its standard input, output and error, -1
 * being /dev/null. It has no other descriptor of ours, no signal blocked, the directory /, and a
 * session and process group of its own, so that what it starts can be ended with it. Returns 0, or
 * an errno. */
int pil_start_program(char *const *arguments, char *const *environment, const int descriptors[3],
                      pid_t *pid);

#endif
