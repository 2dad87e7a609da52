/* How much a reading of a clause would count by the rarity of its words. */
#ifndef SEARCH_RARITY_H
#define SEARCH_RARITY_H

#include "base/error.h"
#include "search/match.h"
#include "xapian_c.h"

/* The sum of the inverse document frequencies of the words of reading in database, as BM25 has
 * them; 0 when no document can have it. *out is that. PIL_CORRUPT, PIL_IO. */
PIL_NODISCARD pil_status pil_rarity(xc_database *database, const pil_reading *reading, double *out,
                                    pil_error *err);

#endif
