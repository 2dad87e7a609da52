/* What pilcrow-extract gives up before it looks at the first byte of a file: kernel rights that no
 * parser needs, so that one that was taken over by its input can do next to nothing. */
#ifndef INDEXER_CAGE_CONFINE_H
#define INDEXER_CAGE_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

/* For good:
 * - no new privileges; ended with its parent; no core, no file of any size, few descriptors, no
 *   process;
 * - Landlock, where the kernel has it: only below /usr, /lib, /etc/fonts and /etc/ld.so.cache can
 * be read, nothing written, no TCP. *landlock_abi is the version, or 0;
 * - seccomp: only calls on a list, which has none for sockets, processes, signals to others,
 * tracing, or files opened for writing; any other fails with EPERM. False, with errno set, when one
 * but Landlock cannot be had: then nothing may be read. */
bool pil_cage_confine(uint32_t *landlock_abi);

/* Bounds memory and processor time for a file of n_bytes, counted from now. */
bool pil_cage_confine_for_file(uint64_t n_bytes, bool with_ocr);

#endif
