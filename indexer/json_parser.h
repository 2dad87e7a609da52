/* JSON, read by simdjson: C in front, C++ behind, for simdjson has no C interface.
 * Thread rule: one thread at a time for each parser. */
#ifndef INDEXER_JSON_PARSER_H
#define INDEXER_JSON_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#include "base/arena.h"

/* Bytes behind a text that must be readable, whatever they are. */
enum { PIL_JSON_PADDING = 64 };

typedef enum pil_json_kind {
    PIL_JSON_NULL,
    PIL_JSON_STRING,
    PIL_JSON_INTEGER, /* that fits in 64 bits with its sign */
    PIL_JSON_OTHER,   /* true, false, numbers with a fraction */
    PIL_JSON_ARRAY,
    PIL_JSON_OBJECT
} pil_json_kind;

typedef struct pil_json_value pil_json_value;
struct pil_json_value {
    pil_json_kind kind;
    const char *name; /* of a member of an object; NUL behind it */
    size_t name_length;
    const char *string; /* UTF-8; may hold NULs; a NUL behind it */
    size_t length;
    int64_t integer;
    const pil_json_value *items; /* [0..n_items): of an array or object */
    size_t n_items;
};

typedef struct pil_json_parser pil_json_parser;

/* max_depth: how many arrays and objects may lie within each other. NULL when memory ran out. */
pil_json_parser *pil_json_parser_new(unsigned max_depth);
void pil_json_parser_free(pil_json_parser *parser);

/* Parses text[0..length), which PIL_JSON_PADDING readable bytes follow: exactly one value. *value
 * lives in arena and in the parser, until its next call. False when that is no JSON in UTF-8, is
 * nested too deeply, has a number that fits nowhere, or memory ran out. */
bool pil_json_parser_run(pil_json_parser *parser, const char *text, size_t length, pil_arena *arena,
                         pil_json_value *value);

#ifdef __cplusplus
}
#endif

#endif
