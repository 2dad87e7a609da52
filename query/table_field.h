/* A field of csv or tsv. */
#ifndef QUERY_TABLE_FIELD_H
#define QUERY_TABLE_FIELD_H

#include "output.h"

#include <stddef.h>

/* Writes text[0..length), which has neither tabs nor line breaks, as one field. separator: ',' or a
 * tab. By RFC 4180 what has a comma or a quote in it stands between quotes, a quote being two. */
void pil_table_put_field(pil_output *output, char separator, const char *text, size_t length);

#endif
