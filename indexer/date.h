/* Dates as sources write them, into ISO 8601. */
#ifndef INDEXER_DATE_H
#define INDEXER_DATE_H

#include <stdbool.h>
#include <stddef.h>

enum { PIL_DATE_BYTES = 40 };

/* Writes the date in text as ISO 8601, as precise as it is: "2023", "2023-11", "2023-11-22" or
 * "2023-11-22T10:00:00+01:00". Understood are ISO 8601 itself, also with "/", "." or nothing
 * between its parts, days before months with points ("22.11.2023"), English months ("22 Nov 2023",
 * "November 22, 2023", "November 2023"), and dates of mail and HTTP. False, and out is "", when it
 * is none of these: what may be two dates, as 3/4/2023, is none. */
bool pil_date_normalise(const char *text, char out[PIL_DATE_BYTES]);

/* The date in the name of a file ("2023-11-22 talks.txt", "talks_20231122.txt") or in an address
 * (".../2023/11/22/talks"): a day, or a month. False when there is none. */
bool pil_date_of_name(const char *name, char out[PIL_DATE_BYTES]);

#endif
