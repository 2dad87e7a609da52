/* The fields of a hit by their names, as one line of text each: for tables and templates. */
#ifndef QUERY_HIT_FIELDS_H
#define QUERY_HIT_FIELDS_H

#include "base/buffer.h"
#include "base/error.h"
#include "query/format.h"
#include "search/hit.h"

#include <stdbool.h>
#include <stddef.h>

/* In the order in which tables have them. */
typedef enum pil_hit_field {
    PIL_HIT_TOPIC, /* the id; tables have it only where there are several topics */
    PIL_HIT_RANK,
    PIL_HIT_SCORE,
    PIL_HIT_PATH,
    PIL_HIT_LINE,
    PIL_HIT_PAGE, /* "" where the format has none */
    PIL_HIT_ARTICLE,
    PIL_HIT_PARAGRAPH,
    PIL_HIT_ID,
    PIL_HIT_TITLE,
    PIL_HIT_AUTHOR,
    PIL_HIT_DATE,
    PIL_HIT_LANGUAGE,
    PIL_HIT_SOURCE,
    PIL_HIT_URL,
    PIL_HIT_HEADING,
    PIL_HIT_MISSING, /* the words that the paragraph lacks, "; " between them */
    PIL_HIT_TEXT,
    PIL_HIT_MEMBER, /* the file in an archive that line and page are of, or "" */
    PIL_HIT_N_FIELDS
} pil_hit_field;

/* Static. */
const char *pil_hit_field_name(pil_hit_field field);
/* The field called name[0..length); false when there is none. */
bool pil_hit_field_find(const char *name, size_t length, pil_hit_field *out);

/* Appends the field's value: UTF-8 without line breaks or controls, white space collapsed to single
 * spaces, paths as they are shown. "" when it is unknown. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_hit_field_append(pil_hit_field field, const pil_hit *hit,
                                              const pil_format_settings *settings, pil_buffer *out,
                                              pil_error *err);

/* The same of where the hit is: its path and, in an archive, "#" and the member. */
PIL_NODISCARD pil_status pil_hit_file_append(const pil_hit *hit,
                                             const pil_format_settings *settings, pil_buffer *out,
                                             pil_error *err);

#endif
