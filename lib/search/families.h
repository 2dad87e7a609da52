/* Words of the same family as those of the query: "Kosovar" as "Kosovo", "aggressor" as
 * "aggression", in Norwegian "skattereform" as "skatt". Stems that begin alike are taken for such,
 * and the parts of compounds; nothing is found by them, but what was found counts a little more.
 * Private to this folder. */
#ifndef SEARCH_FAMILIES_H
#define SEARCH_FAMILIES_H

#include "query_words.h"
#include "titles.h"

/* The relatives of a language's words. */
typedef struct pil_relatives {
    const pil_words_of_language *in;
    bool has_compounds; /* the language */
    uint32_t
        *clauses; /* [0..n): by number of the term the word that it is akin to, plus 1; 0: none */
    uint32_t n, capacity;
} pil_relatives;

/* Zero-initialise. */
typedef struct pil_families {
    pil_relatives *items; /* [0..n_items) */
    size_t n_items;
} pil_families;

void pil_families_dispose(pil_families *families);

/* How many words akin to each word of the query a text has: n_akin[0..n_clauses). Two stems are
 * akin when their first five characters at least, and two thirds of the longer, are the same; in a
 * language that writes compounds also when one, of four characters at least, begins or ends the
 * other, which has three more. No stop words, nothing with digits, no other word of the query that
 * stands by itself. A stem akin to several words is of the first. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_families_count(pil_families *families, const pil_query_words *words,
                                            const pil_words_of_language *in,
                                            const pil_text_terms *text, uint32_t *n_akin,
                                            pil_error *err);

/* What they add to the score of a text that is length times as long as the average: each is as good
 * as three tenths of one of the word. boosts: what the title adds already. */
double pil_families_score(const pil_query_words *words, const pil_words_of_language *in,
                          const pil_text_terms *text, double length, const pil_title_boost *boosts,
                          const uint32_t *n_akin);

#endif
