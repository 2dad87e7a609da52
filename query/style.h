/* What is alike in all text output: colors, and the headings of topics. */
#ifndef QUERY_STYLE_H
#define QUERY_STYLE_H

#include "format.h"
#include "output.h"

#include <stdbool.h>
#include <stddef.h>

/* SGR parameters: readable on dark and on light backgrounds. */
#define PIL_STYLE_PLAIN ""
#define PIL_STYLE_DIM "2"
#define PIL_STYLE_BOLD "1"
#define PIL_STYLE_PATH "36"
#define PIL_STYLE_MATCH "1;31"
#define PIL_STYLE_LACKS "33"

/* Begins and ends a style; nothing when it is plain or color is false. */
void pil_style_begin(pil_output *output, bool color, const char *style);
void pil_style_end(pil_output *output, bool color, const char *style);
/* Appends text[0..length), which must be safe, in a style; nothing when it is empty. */
void pil_style_put(pil_output *output, bool color, const char *style, const char *text,
                   size_t length);

/* Appends the line that begins a topic, "Topic 31: Kosovo dialogue". */
void pil_style_topic(pil_output *output, const pil_format_settings *settings);

#endif
