/* Dates as articles and queries have them. A day is year * 10000 + month * 100 + day. No state. */
#ifndef SEARCH_DATES_H
#define SEARCH_DATES_H

#include <stdbool.h>
#include <stdint.h>

/* The days that a date as articles have it takes: "2023", "2023-11" and "2023-11-22", also with
 * slashes or full stops, and with a time behind it. False for what is no such date. */
bool pil_dates_of_article(const char *date, uint32_t *first_day, uint32_t *last_day);

/* How many days to is behind from, below 0 when it comes before. */
int64_t pil_dates_days_between(uint32_t from, uint32_t to);

/* The days that a date in a query takes: "2023", "2023-11", "2023-11-22"; two of these with ".."
 * between, of which one may be missing; a month by its English name, "May 2023"; and, when today is
 * not 0, "today", "yesterday", "this", "last week", "month" or "year", "last 3 days" (up to today)
 * and "3 days ago" (likewise weeks, months and years, as wholes). Hyphens are as good as blanks in
 * these, and the case does not matter. False for all else; an end that is open is 0 or UINT32_MAX.
 */
bool pil_dates_read(const char *value, uint32_t today, uint32_t *first_day, uint32_t *last_day);

/* What was probably meant by a value that cannot be read: "2023-05-17" for "17.5.2023",
 * "2023..2024" for "2023-2024". False when there is no telling. */
enum { PIL_DATES_CORRECTED_BYTES = 32 };
bool pil_dates_correct(const char *value, char corrected[PIL_DATES_CORRECTED_BYTES]);

#endif
