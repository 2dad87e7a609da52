/* What a citation is made of, whatever its format: date, authors, the place in the article, a key.
 */
#ifndef QUERY_CITATION_H
#define QUERY_CITATION_H

#include "base/buffer.h"
#include "base/error.h"
#include "query/format.h"
#include "search/hit.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct pil_citation_date {
    unsigned year, month, day; /* month and day are 0 when they are not known */
} pil_citation_date;

/* Reads an article's date as precisely as it is given. False for what is no date that
 * pil_dates_of_article understands. */
bool pil_citation_date_read(const char *date, pil_citation_date *out);

/* One of an article's authors, as written. */
typedef struct pil_citation_author {
    const char *name;
    size_t length_bytes;
} pil_citation_author;

/* The next author of the list at *at, which moves on; false when there is none. Only a semicolon
 * parts authors: a comma or "and" may as well be part of a name ("Ministry of Trade and Industry").
 */
bool pil_citation_next_author(const char **at, pil_citation_author *author);

/* Appends where in its article the paragraph is: "paragraph 4", "p. 12, paragraph 4" where pages
 * are known. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_citation_place(const pil_hit *hit, pil_buffer *out);

/* Appends what a bibliography notes of a hit: its place, and the path as it is shown where the
 * article has no URL. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_citation_note(const pil_hit *hit, const pil_format_settings *settings,
                                           pil_buffer *out, pil_error *err);

/* The key of a hit for bibliographies, which is that of its paragraph's id: it stays. */
enum { PIL_CITATION_KEY_BYTES = sizeof "pilcrow-0123456789abcdef" };
void pil_citation_key(const pil_hit *hit, char key[PIL_CITATION_KEY_BYTES]);

#endif
