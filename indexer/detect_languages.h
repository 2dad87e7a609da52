/* In which languages are the articles that were read? docs/languages.md has the rules.
 * Thread rule: one thread at a time for each. */
#ifndef INDEXER_DETECT_LANGUAGES_H
#define INDEXER_DETECT_LANGUAGES_H

#include "base/error.h"
#include "index/batch.h"

#include <stddef.h>

/* What is learnt of languages while texts in them are met. */
typedef struct pil_detection pil_detection;

/* NULL when memory ran out. */
pil_detection *pil_detection_new(void);
void pil_detection_free(pil_detection *detection);

/* Gives each of the articles of batch from number first on, which are of one source, and each of
 * their paragraphs its language. An article that says its own has it already; usual, a code or "",
 * is that of the others as far as their texts do not tell. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_detect_languages(pil_detection *detection, pil_batch *batch,
                                              size_t first, const char *usual, pil_error *err);

#endif
