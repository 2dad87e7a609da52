/* Puts inputs together into one segment, written directly as glass tables. */
#ifndef INDEX_SEGMENT_BUILD_H
#define INDEX_SEGMENT_BUILD_H

#include "base/error.h"
#include "index/manifest.h"
#include "segment_input.h"

#include <stddef.h>

/* Writes inputs[0..n_inputs), one behind the other, as a segment of the index, durably, under
 * segments/. It is not live before a manifest names it. *out is its line for the manifest, without
 * stamp, common and dictionaries, which are the caller's to add; the same inputs give the same
 * bytes. Nothing is left on the disk when it fails. PIL_IO, PIL_NO_MEMORY, what the inputs
 * return; PIL_UNSUPPORTED at a limit of the format. */
PIL_NODISCARD pil_status pil_segment_build(const char *index_directory,
                                           pil_segment_input *const *inputs, size_t n_inputs,
                                           pil_manifest_segment *out, pil_error *err);

#endif
