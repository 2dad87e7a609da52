/* Finds paragraphs by their ids, which stay when other paragraphs of their article change. */
#ifndef SEARCH_LOOKUP_H
#define SEARCH_LOOKUP_H

#include "base/error.h"
#include "index/snapshot.h"
#include "search/searcher.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads an id as hits show it, 16 hexadecimal digits. */
bool pil_lookup_read_id(const char *text, size_t length, uint64_t *id);

/* The living paragraphs that have these ids, in the order of ids[0..n_ids), each with up to context
 * neighbours on either side and, with section, those of its section; ranks count on, and there are
 * neither scores nor matches. An id that no paragraph has adds nothing. Two paragraphs that share
 * an id, which is a matter of chance, are both found. The time is that of reading the articles that
 * the ids may be of. The caller frees *out. PIL_CORRUPT, PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_lookup(pil_snapshot *snapshot, const uint64_t *ids, size_t n_ids,
                                    uint32_t context, bool section, pil_hits **out, pil_error *err);

#endif
