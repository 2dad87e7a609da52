/* Acronyms and what they stand for, as the texts define them: "Kosovo Force (KFOR)". */
#ifndef INDEX_ACRONYM_H
#define INDEX_ACRONYM_H

#include "base/arena.h"
#include "base/error.h"
#include "base/intern.h"
#include "text/analyser.h"

#include <stddef.h>
#include <stdint.h>

/* A segment keeps so many, those that most paragraphs define. */
enum { PIL_ACRONYMS_MAX = 10000 };

/* All have a NUL behind. Keys are the folded words with single spaces between them. */
typedef struct pil_acronym {
    const char *short_key, *long_key;
    const char *short_form, *long_form; /* as first written */
    uint32_t n_paragraphs;              /* that define it */
} pil_acronym;

/* Counts definitions. Zero-initialise. Thread rule: none shared. */
typedef struct pil_acronym_table {
    pil_intern pairs; /* by both keys; an entry's number is the acronym's */
    pil_arena strings;
    struct pil_acronym_count *counts;
    size_t capacity;
} pil_acronym_table;

void pil_acronym_table_dispose(pil_acronym_table *table);

/* What it takes in memory, from lengths alone. */
size_t pil_acronym_table_bytes(const pil_acronym_table *table);

/* Adds acronym->n_paragraphs to what is known of it. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_acronym_table_add(pil_acronym_table *table,
                                               const pil_acronym *acronym);
/* Adds all that other has. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_acronym_table_add_all(pil_acronym_table *table,
                                                   const pil_acronym_table *other);
/* Takes acronym->n_paragraphs away from what is known of it, or all there is. */
void pil_acronym_table_subtract(pil_acronym_table *table, const pil_acronym *acronym);

/* Counts what the paragraph text[0..length), whose tokens are tokens[0..n_tokens), defines, once
 * each. The time is that of looking for a parenthesis, and for each the words beside it.
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_acronym_table_mine(pil_acronym_table *table, const char *text,
                                                size_t length, const pil_token *tokens,
                                                size_t n_tokens);

/* Those that are left, the most frequent first, then by their keys; at most max of them. Their
 * strings are the table's; the caller frees *out. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_acronym_table_list(const pil_acronym_table *table, size_t max,
                                                pil_acronym **out, size_t *n);

#endif
