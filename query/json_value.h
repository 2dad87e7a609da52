/* What the JSON that is written has in common. */
#ifndef QUERY_JSON_VALUE_H
#define QUERY_JSON_VALUE_H

#include "output.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* The version of all objects: it changes when a field is removed or changes its meaning. */
enum { PIL_JSON_VERSION = 1 };

/* A JSON string; what is not UTF-8 is replaced by U+FFFD. NULL when memory ran out. */
json_t *pil_json_string(const char *text, size_t length);

/* Takes value over; false when it is NULL or memory ran out. */
bool pil_json_set(json_t *object, const char *key, json_t *value);

/* Writes the object as one line, in which nothing is unsafe for a terminal. False when memory ran
 * out. */
bool pil_json_put_line(pil_output *output, const json_t *object);

#endif
