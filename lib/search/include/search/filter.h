/* What an article or a paragraph must be, beside its words: title:, author:, date: and the like.
 * docs/query-language.md describes them for users. */
#ifndef SEARCH_FILTER_H
#define SEARCH_FILTER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum pil_filter_field {
    PIL_FILTER_TITLE, /* has the words of the value */
    PIL_FILTER_AUTHOR,
    PIL_FILTER_SOURCE,
    PIL_FILTER_HEADING,  /* of the paragraph */
    PIL_FILTER_PATH,     /* is like the value, in which * is anything and ? a character */
    PIL_FILTER_LANGUAGE, /* of the paragraph */
    PIL_FILTER_DATE,     /* has a day of [first_day, last_day], as the next two */
    PIL_FILTER_AFTER,
    PIL_FILTER_BEFORE,
    PIL_FILTER_N_FIELDS
} pil_filter_field;

typedef struct pil_filter {
    pil_filter_field field;
    bool excludes;     /* what is so is no hit */
    const char *value; /* as typed, without quotes; NUL behind it */
    size_t value_bytes;
    uint32_t first_day, last_day; /* of dates: year * 10000 + month * 100 + day */
} pil_filter;

/* The length of the name of a field with its colon that text[0..length) begins with, "title:", or
 * 0; *field is that. "year:" is PIL_FILTER_DATE. */
size_t pil_filter_name(const char *text, size_t length, pil_filter_field *field);

/* The name of a field with its colon: "title:". Static. */
const char *pil_filter_field_name(pil_filter_field field);

/* Fills the days of a filter that has its field and its value, which is checked. today is as in
 * pil_query_settings. PIL_BAD_QUERY with a message for the user when it cannot be understood. */
PIL_NODISCARD pil_status pil_filter_read(pil_filter *filter, uint32_t today, pil_error *err);

/* What was probably meant by a filter that cannot be understood, field and all: "date:2023-05-17",
 * or "" when there is no telling. The caller frees *out. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_filter_correct(const pil_filter *filter, char **out);

#endif
