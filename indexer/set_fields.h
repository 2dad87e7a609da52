/* Metadata that are said for a whole run: --set source=Reuters. */
#ifndef INDEXER_SET_FIELDS_H
#define INDEXER_SET_FIELDS_H

#include "article.h"
#include "base/error.h"
#include "cli/options.h"
#include "date.h"

/* NULL: not said. */
typedef struct pil_set_fields {
    const char *title, *author, *source, *url;
    char date[PIL_DATE_BYTES]; /* "" when it is not said */
    char language[16];         /* a code; the same */
} pil_set_fields;

/* Reads "FIELD=VALUE" strings, to which *out then points. PIL_INVALID_ARGUMENT with what is wrong.
 */
PIL_NODISCARD pil_status pil_set_fields_parse(pil_set_fields *out, const pil_option_strings *given,
                                              pil_error *err);
/* Puts what is said in the place of what article has. */
void pil_set_fields_apply(const pil_set_fields *set, pil_article *article);

#endif
