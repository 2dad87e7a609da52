#include "alternatives.h"

#include "acronym_alternatives.h"
#include "compounds.h"
#include "spellings.h"
#include "synonym_groups.h"

pil_status pil_alternatives_add(pil_snapshot *snapshot, const pil_query *query,
                                pil_analyser *analyser, const char *const *languages,
                                size_t n_languages, const pil_search_options *options,
                                pil_matcher *matcher, pil_error *err)
{
    pil_status status = PIL_OK;
    if (options->as_typed)
        return PIL_OK;
    for (size_t i = 0; i < n_languages && status == PIL_OK; i++) {
        status = pil_compounds_add(snapshot, query, analyser, languages[i], matcher, err);
        if (status == PIL_OK && !options->no_variants)
            status = pil_spellings_add(snapshot, query, analyser, languages[i], matcher, err);
    }
    if (status == PIL_OK && !options->no_variants)
        status = pil_acronym_alternatives_add(snapshot, query, analyser, matcher, err);
    if (status == PIL_OK && options->synonyms != NULL)
        status = pil_synonyms_add(options->synonyms, query, analyser, matcher, err);
    return status;
}
