/* The user's file of synonyms. */
#ifndef QUERY_SYNONYMS_FILE_H
#define QUERY_SYNONYMS_FILE_H

#include "base/error.h"
#include "search/synonyms.h"
#include "text/analyser.h"

/* Where it may be: the value of --synonyms, or NULL, and of the environment's variables. */
typedef struct pil_synonyms_places {
    const char *option;
    const char *config_home, *home;
} pil_synonyms_places;

/* Reads the file of --synonyms, else pilcrow/synonyms in the configuration's directory if there is
 * one. *out is NULL when there is no file to read; the caller frees it. PIL_BAD_QUERY with the file
 * and the line, PIL_INVALID_ARGUMENT when it is too large or --synonyms names none; PIL_IO,
 * PIL_NO_MEMORY, PIL_INTERNAL. */
PIL_NODISCARD pil_status pil_synonyms_file_read(const pil_synonyms_places *places,
                                                pil_analyser *analyser, pil_synonyms **out,
                                                pil_error *err);

#endif
