/* Words and phrases that the user says are the same: EU, European Union. */
#ifndef SEARCH_SYNONYMS_H
#define SEARCH_SYNONYMS_H

#include "base/error.h"
#include "text/analyser.h"

#include <stddef.h>

/* A file of them is not larger; a group has no more members, a member no more words. */
enum {
    PIL_SYNONYMS_MAX_BYTES = 1024 * 1024,
    PIL_SYNONYMS_MAX_MEMBERS = 32,
    PIL_SYNONYMS_MAX_WORDS = 12
};

/* Read-only once made; may be shared between threads. */
typedef struct pil_synonyms pil_synonyms;

/* Reads groups from text[0..length): one a line, its words and phrases separated by commas; empty
 * lines and lines that begin with # say nothing. name is that of the file, for messages, which also
 * tell the line. A member may be in several groups. The caller frees *out. PIL_BAD_QUERY when it
 * cannot be understood; PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_synonyms_read(const char *text, size_t length, const char *name,
                                           pil_analyser *analyser, pil_synonyms **out,
                                           pil_error *err);
void pil_synonyms_free(pil_synonyms *synonyms);

#endif
