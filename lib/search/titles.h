/* What the title of an article, and the headings that a paragraph stands under, add to its score.
 * They are no part of what is searched: a word of the query that stands in one makes what was found
 * count more. Private to this folder. */
#ifndef SEARCH_TITLES_H
#define SEARCH_TITLES_H

#include "query_words.h"

/* What a word in the title is in the paragraph. */
#define PIL_TITLE_TIMES 2.0

/* What the title adds to the score of a clause. */
typedef struct pil_title_boost {
    double score;                    /* 0: the title does not have it */
    const pil_word_reading *reading; /* that the title has */
    uint32_t n_times;                /* in the title and the headings */
    double factor;                   /* as that of a score part */
} pil_title_boost;

/* The terms of the title and of the headings behind it. heading: as in a record, where the first is
 * left out when it is the title. PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_titles_read(pil_term_table *table, pil_analyser *analyser,
                                         const char *language, const char *title,
                                         const char *heading, pil_text_terms *out, pil_error *err);

/* Whether the title is all of the text, as of an article that has nothing else. */
bool pil_title_is_text(const pil_text_terms *title, const pil_text_terms *text);

/* What the title adds for each clause of the query, boosts[0..n_clauses), of a text that is length
 * times as long as the average: as BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 Extension to
 * Multiple Weighted Fields", 2004) counts the words of a field, a word in the title is as good as
 * two more of it in a text of average length. A title that is the text adds nothing. */
void pil_title_boosts(const pil_query_words *words, const pil_words_of_language *in,
                      const pil_text_terms *title, const pil_text_terms *text, double length,
                      pil_title_boost *boosts);

#endif
