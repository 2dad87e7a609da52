/* A batch while it is inverted: inversion.c reads it, inversion_result.c sorts and codes what was
 * read. */
#ifndef INDEX_INVERSION_INTERNAL_H
#define INDEX_INVERSION_INTERNAL_H

#include "inversion.h"

enum {
    N_MARKS = PIL_COMMON_WORDS_MAX + 1, /* common words have a mark from 1, others 0 */
    N_LABELS = 3                        /* terms of a paragraph that are not in its text, at most */
};
/* A term while the batch is read. A string may have several of these, when it comes in several
 * languages or the analyser forgot its words in between, but no paragraph has two of them. */
typedef struct pil_found_term {
    uint32_t last;     /* the last paragraph that has it */
    uint32_t place;    /* of its posting, among that paragraph's */
    uint32_t length;   /* of bytes */
    const char *bytes; /* with the prefix */
} pil_found_term;

/* What is counted of a word. */
typedef struct pil_word_count {
    uint32_t last_written, last_derived; /* the last paragraphs that have it */
    uint32_t n_written, n_derived;
    uint32_t term; /* index of its stem's */
    uint32_t mark; /* its stem's, for common words */
} pil_word_count;

typedef struct pil_word_name {
    const char *form;
    uint32_t length;
    uint32_t language;
} pil_word_name;

typedef struct pil_sorted_word {
    pil_word_name name;
    uint32_t n_written, n_derived;
    uint32_t term;
} pil_sorted_word;

/* A language of the batch, with tables from the analyser's numbers to indexes of ours plus one; 0
 * where there is none yet. */
typedef struct pil_batch_language {
    const char *code;
    uint32_t label; /* index of its term */
    uint32_t *terms, *words;
    size_t n_numbers;
} pil_batch_language;

typedef struct pil_log_entry {
    uint32_t term; /* index while reading; rank among the sorted terms later */
    uint32_t wdf;
} pil_log_entry;

typedef struct pil_inverter {
    pil_analyser *analyser;
    uint64_t epoch; /* of the analyser's numbers */
    const pil_common_words *common;
    pil_acronym_table acronyms;
    pil_arena strings;
    pil_found_term *terms;
    size_t n_terms, terms_capacity;
    pil_word_count *words; /* [0..n_words); their names are looked at less often */
    pil_word_name *names;
    size_t n_words, words_capacity, names_capacity;
    pil_batch_language *languages;
    size_t n_languages, languages_capacity;
    pil_log_entry *log; /* in order of paragraphs */
    size_t n_log, log_capacity;
    uint32_t n_paragraphs, docid;
    size_t *ends;      /* by paragraph, from 0: where its postings end in the log */
    uint32_t *lengths; /* by paragraph, from 0 */
    uint8_t *marks;    /* of the paragraph's tokens */
    size_t marks_capacity;
    uint32_t grams[N_MARKS][N_MARKS]; /* by marks: index of the term plus one, or 0 */

    /* what is made of all that, in the end */
    pil_inverted_term *sorted_terms; /* their strings are the found ones */
    pil_sorted_word *sorted_words;
    uint32_t *ranks; /* by index of a found term */
    size_t n_sorted_terms, n_sorted_words;
} pil_inverter;

/* Makes of what was read what out is to hold. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_inverter_finish(pil_inverter *run, pil_inversion *out, pil_error *err);

#endif
