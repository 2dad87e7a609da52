/* A comparison as a picture: SVG 1.1, for documents and web pages. */
#ifndef QUERY_COMPARISON_SVG_H
#define QUERY_COMPARISON_SVG_H

#include "comparison.h"

#include <stdio.h>

/* Up to so many topics stand below each other with their names; more are one shape, in which each
 * still tells its name to the pointer. */
enum { PIL_COMPARISON_SVG_MAX_NAMED = 100 };

/* Draws a bar for each topic for which nDCG@10 differs, from what B wins most to what A does. The
 * picture needs no other file, has a title and a description for those who do not see it, and
 * follows the reader's choice of a light or dark ground. PIL_DONE when nobody reads the output any
 * more, PIL_IO when it could not be written, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_comparison_svg(FILE *out, const pil_comparison *comparison,
                                            pil_error *err);

#endif
