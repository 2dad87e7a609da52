/* The measures of topics as a table or as JSON: a line each, and their mean. */
#ifndef QUERY_EVALUATION_OUTPUT_H
#define QUERY_EVALUATION_OUTPUT_H

#include "measures.h"
#include "output.h"
#include "query_options.h"

/* The first line of a table; nothing in JSON. */
void pil_evaluation_begin(pil_output *output, pil_query_format format);

/* The measures of a topic or, with topic NULL, the mean over n_topics. */
void pil_evaluation_line(pil_output *output, pil_query_format format, const char *topic,
                         const pil_measures *measures, size_t n_topics);

#endif
