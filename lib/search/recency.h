/* How much newer articles count more, when that is asked for. Private to this folder. */
#ifndef SEARCH_RECENCY_H
#define SEARCH_RECENCY_H

#include <stdint.h>

/* By what share of half of its score a paragraph gains: half_age / (half_age + age), so 1 for an
 * article of today, a half for one that is half_age days old, and ever less; 0 for an article
 * without a date. date: as an article has it, which counts from the first day that it names; one to
 * come is of today. today: as in search/dates.h; where it is 0
 * all that is dated is of today. The reciprocal falls less steeply than powers of
 * a half, so that among what is old the newer still comes first. */
double pil_recency_share(const char *date, uint32_t today, uint32_t half_age);

#endif
