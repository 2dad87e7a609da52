#include "like_search.h"

#include "answer.h"

#include <string.h>

pil_status pil_like_search(pil_session *session, const pil_likeness *likeness, pil_hits **hits,
                           pil_error *err)
{
    pil_search_options options = pil_search_options_of(session);
    /* The words are the text's own, and many: what else they could be is not asked for. */
    options.no_variants = true;
    options.synonyms = NULL;
    /* Of so many words every paragraph lacks some: what is like those that are like it leads away.
     */
    options.ranking_without |= PIL_RANKING_NEIGHBOURS | PIL_RANKING_SIMILARITY;
    options.except = &likeness->document;
    return pil_search_text(session, &session->snapshot, likeness->words, strlen(likeness->words),
                           session->options->all, &options, hits, err);
}
