/* Names of documents in the files of TREC, whose readers split at white space. */
#ifndef QUERY_TREC_DOCID_H
#define QUERY_TREC_DOCID_H

#include "base/buffer.h"

/* Appends name with white space (any that Unicode knows, as some readers do), per cent signs and
 * what is unsafe for a terminal as %XX. Statuses as pil_buffer_append. */
PIL_NODISCARD pil_status pil_trec_docid_append(pil_buffer *out, const char *name);

#endif
