/* The value of --ranking. */
#ifndef QUERY_RANKING_OPTION_H
#define QUERY_RANKING_OPTION_H

#include "base/error.h"

#include <stdint.h>

/* Reads which parts a ranking has beside BM25: their names with commas between, all, or bm25 for
 * none; NULL is all. *without: those it does not have, as bits of pil_ranking_part.
 * PIL_INVALID_ARGUMENT with a message for the user. */
PIL_NODISCARD pil_status pil_ranking_option_read(const char *value, uint32_t *without,
                                                 pil_error *err);

#endif
