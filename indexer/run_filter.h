/* Runs a filter: the user's program, which is not confined, but bounded in time and output. */
#ifndef INDEXER_RUN_FILTER_H
#define INDEXER_RUN_FILTER_H

#include "base/buffer.h"
#include "base/error.h"
#include "file_filters.h"

#include <stdint.h>

/* What one run may take. docs/formats.md says so to people. */
enum { PIL_FILTER_MILLISECONDS = 300 * 1000 };
#define PIL_FILTER_OUTPUT_BYTES (UINT64_C(256) << 20)

/* Runs the filter's command on the file at path (absolute), in the directory /, with our
 * environment and nothing on standard input, and puts what it prints into out, which is empty and
 * whose cap bounds it. The program is looked for as PATH says. Whatever it started has ended by the
 * end, unless it left its process group.
 *
 * PIL_BAD_INPUT with a reason when it fails (then with the last line of its standard error), takes
 * more than milliseconds, prints nothing, or more than out may hold; PIL_UNSUPPORTED when it cannot
 * be started; PIL_NO_MEMORY. Thread rule: several threads may run filters at once. */
PIL_NODISCARD pil_status pil_run_filter(const pil_file_filter *filter, const char *path,
                                        uint32_t milliseconds, pil_buffer *out, pil_error *err);

#endif
