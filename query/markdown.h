/* Text of any kind as Markdown that shows it. */
#ifndef QUERY_MARKDOWN_H
#define QUERY_MARKDOWN_H

#include "base/error.h"
#include "flow.h"
#include "format.h"
#include "output.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends text, which has a NUL behind it, with a backslash before what Markdown would take for its
 * own. begins_line: it is the first of its line, where a number or a sign could begin a list. */
void pil_markdown_put(pil_output *output, const char *text, size_t length, bool begins_line);

/* Appends text[0..length) as a line of a block quotation, with the ranges in bold; flow is used for
 * that. PIL_NO_MEMORY; PIL_INVALID_ARGUMENT for a text far beyond a paragraph's size. */
PIL_NODISCARD pil_status pil_markdown_quote(pil_output *output, pil_flow *flow, const char *text,
                                            size_t length, const pil_match_range *ranges,
                                            size_t n_ranges, pil_error *err);

/* Appends a heading for the topic that the settings name, "## 31: Kosovo dialogue"; flow is used
 * for that. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_markdown_topic(pil_output *output, pil_flow *flow,
                                            const pil_format_settings *settings, pil_error *err);

#endif
