#include "answer.h"

#include "read_query.h"
#include "search_notes.h"
#include "second_try.h"
#include "tell.h"

#include <stdlib.h>

pil_search_options pil_search_options_of(const pil_session *session)
{
    const pil_query_options *options = session->options;
    return (pil_search_options){
        .offset = (uint32_t)options->offset,
        .limit = (uint32_t)options->limit,
        .context = (uint32_t)options->context,
        .section = options->section,
        .group_by_article = options->grouping == PIL_QUERY_BY_ARTICLE,
        .per_article = (uint32_t)options->per_article,
        .sort = (pil_sort)options->sort,
        .collapse_copies = options->copies == PIL_QUERY_COPIES_COLLAPSE,
        .counts = options->hides_hits,
        .no_variants = options->no_variants,
        .ranking_without = options->ranking_without,
        .recency_half_age = (uint32_t)options->recent,
        .today = pil_today(),
        .synonyms = session->synonyms,
        .explains = options->explain,
        .language = session->language,
        .deadline_ms = options->timeout > 0 ? pil_search_clock() + options->timeout * 1000 : 0,
        .facets = options->facets,
        .n_facets = options->n_facets,
    };
}

pil_status pil_search_text(const pil_session *session, pil_snapshot *snapshot, const char *text,
                           size_t length, bool require_all, const pil_search_options *options,
                           pil_hits **hits, pil_error *err)
{
    pil_query *query = NULL;
    pil_status status = pil_read_query(session, text, length, require_all, &query, NULL, err);
    if (status == PIL_OK)
        status = pil_search(snapshot, query, session->analyser, options, hits, err);
    pil_query_free(query);
    return status;
}

static pil_status run(pil_session *session, const pil_query *query, const pil_seen *seen,
                      pil_hits **hits, pil_error *err)
{
    pil_search_options wanted = pil_search_options_of(session);
    wanted.seen = seen;
    return pil_search(&session->snapshot, query, session->analyser, &wanted, hits, err);
}

/* Reads and searches text, and puts that in place of what was found before. */
static pil_status search_again(pil_session *session, const pil_buffer *text, bool require_all,
                               const pil_seen *seen, pil_answer *answer, pil_error *err)
{
    pil_answer other = {0};
    pil_query_fault fault = {0};
    pil_status status =
        pil_read_query(session, text->bytes, text->length, require_all, &other.query, &fault, err);
    free(fault.corrected);
    if (status == PIL_OK)
        status = run(session, other.query, seen, &other.hits, err);
    if (status != PIL_OK) {
        pil_answer_dispose(&other);
        return status;
    }
    pil_answer_dispose(answer);
    *answer = other;
    return PIL_OK;
}

/* With --fix: again, with the nearest words in place of those that no paragraph has. text becomes
 * what was searched for in the end. */
static pil_status fix(pil_session *session, pil_buffer *text, const pil_seen *seen,
                      pil_answer *answer, pil_error *err)
{
    bool is_changed;
    pil_status status =
        pil_second_try_fix(session, answer->query, answer->hits, text, &is_changed, err);
    return status == PIL_OK && is_changed
               ? search_again(session, text, session->options->all, seen, answer, err)
               : status;
}

/* No paragraph has all that is required: tells what is to blame, and with --all searches for
 * paragraphs that have some of it. */
static pil_status relax(pil_session *session, const pil_buffer *text, const pil_seen *seen,
                        pil_answer *answer, pil_error *err)
{
    pil_status status = pil_second_try_blame(session, answer->query, err);
    if (status != PIL_OK || !session->options->all)
        return status;
    status = search_again(session, text, false, seen, answer, err);
    session->is_relaxed = status == PIL_OK && answer->hits->n_items > 0;
    if (session->is_relaxed)
        pil_tell_of(session->place, "these paragraphs have only some of the words");
    return status;
}

static bool is_empty(const pil_session *session, const pil_answer *answer)
{
    return session->options->hides_hits ? answer->hits->n_matches == 0 : answer->hits->n_items == 0;
}

static pil_status find(pil_session *session, pil_buffer *text, const pil_seen *seen,
                       pil_answer *answer, pil_error *err)
{
    const pil_query_options *options = session->options;
    session->is_relaxed = false;
    pil_status status = run(session, answer->query, seen, &answer->hits, err);
    if (status == PIL_OK && options->fix)
        status = fix(session, text, seen, answer, err);
    if (status == PIL_OK)
        pil_search_notes_late(session, answer->hits);
    if (status != PIL_OK || seen != NULL) /* that nothing is new is an answer */
        return status;
    bool was_empty = is_empty(session, answer);
    bool may_relax =
        was_empty && !answer->hits->is_late && !options->hides_hits && options->offset == 0;
    bool tells_more = options->topics == NULL;
    bool shows_zero = options->count && tells_more;
    if (was_empty && !shows_zero && !(may_relax && options->all))
        pil_search_notes_no_hits(session, answer->query);
    if (tells_more)
        pil_search_notes_of_hits(session, answer->query, answer->hits);
    if (may_relax && (tells_more || options->all))
        status = relax(session, text, seen, answer, err);
    if (status == PIL_OK && may_relax && options->all && !session->is_relaxed)
        pil_search_notes_no_hits(session, answer->query);
    return status;
}

pil_status pil_answer_find(pil_session *session, const char *text, size_t length,
                           const pil_seen *seen, pil_answer *answer, pil_error *err)
{
    pil_buffer searched;
    pil_buffer_init(&searched, 2 * PIL_QUERY_MAX_BYTES);
    pil_status status = pil_buffer_append(&searched, text, length) == PIL_OK
                            ? find(session, &searched, seen, answer, err)
                            : pil_error_no_memory(err);
    pil_buffer_dispose(&searched);
    return status;
}

bool pil_answer_is_limited(const pil_answer *answer)
{
    return answer->query->is_truncated || answer->hits->n_cut > 0 || answer->hits->is_limited ||
           answer->hits->is_late;
}

void pil_answer_dispose(pil_answer *answer)
{
    pil_hits_free(answer->hits);
    pil_query_free(answer->query);
    *answer = (pil_answer){0};
}
