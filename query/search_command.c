#include "search_command.h"

#include "cli/terminal_text.h"
#include "query_fault.h"
#include "search/query.h"
#include "search/searcher.h"
#include "search_notes.h"
#include "second_try.h"
#include "show.h"
#include "tell.h"

#include <stdlib.h>
#include <time.h>

/* After a limit was hit the answer stands, and the exit code says that it may lack something. */
static pil_exit_code exit_code_of(const pil_query_options *options, const pil_query *query,
                                  const pil_hits *hits)
{
    if (query->is_truncated || hits->n_cut > 0 || hits->is_limited)
        return PIL_EXIT_LIMIT;
    bool has_some = options->hides_hits ? hits->n_matches > 0 : hits->n_items > 0;
    return has_some ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
}

/* The day on this machine, as pil_query_settings has it; 0 when it cannot be told. */
static uint32_t find_today(void)
{
    time_t now = time(NULL);
    struct tm day;
    if (localtime_r(&now, &day) == NULL)
        return 0;
    return (uint32_t)(day.tm_year + 1900) * 10000 + (uint32_t)(day.tm_mon + 1) * 100 +
           (uint32_t)day.tm_mday;
}

static pil_status read_text(const pil_session *session, const char *text, size_t length,
                            bool require_all, pil_query **query, pil_query_fault *fault,
                            pil_error *err)
{
    const pil_query_settings settings = {.today = find_today()};
    pil_status status =
        pil_query_parse(text, length, &settings, session->analyser, query, fault, err);
    if (status == PIL_OK && require_all)
        pil_query_require_all(*query);
    return status;
}

pil_status pil_search_read(const pil_session *session, const char *text, size_t length,
                           pil_query **query, pil_query_fault *fault, pil_error *err)
{
    return read_text(session, text, length, session->options->all, query, fault, err);
}

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
        .synonyms = session->synonyms,
        .explains = options->explain,
        .language = session->language,
        .facets = options->facets,
        .n_facets = options->n_facets,
    };
}

pil_status pil_search_run(pil_session *session, const pil_query *query, const pil_seen *seen,
                          pil_hits **hits, pil_error *err)
{
    pil_search_options wanted = pil_search_options_of(session);
    wanted.seen = seen;
    return pil_search(&session->snapshot, query, session->analyser, &wanted, hits, err);
}

/* A query with what was found for it. */
typedef struct answer {
    pil_query *query;
    pil_hits *hits;
} answer;

/* Reads and searches text, and puts that in place of what was found before. */
static pil_status search_again(pil_session *session, const char *text, size_t length,
                               bool require_all, answer *found, pil_error *err)
{
    pil_query *query;
    pil_hits *hits;
    pil_query_fault fault = {0};
    pil_status status = read_text(session, text, length, require_all, &query, &fault, err);
    free(fault.corrected);
    if (status != PIL_OK)
        return status;
    status = pil_search_run(session, query, NULL, &hits, err);
    if (status != PIL_OK) {
        pil_query_free(query);
        return status;
    }
    pil_hits_free(found->hits);
    pil_query_free(found->query);
    *found = (answer){query, hits};
    return PIL_OK;
}

/* With --fix: again, with the nearest words in place of those that no paragraph has. text is what
 * was searched for in the end. */
static pil_status fix(pil_session *session, answer *found, pil_buffer *text, pil_error *err)
{
    bool is_changed;
    pil_status status =
        pil_second_try_fix(session, found->query, found->hits, text, &is_changed, err);
    if (status == PIL_OK && is_changed)
        status =
            search_again(session, text->bytes, text->length, session->options->all, found, err);
    return status;
}

/* No paragraph has all that is required: tells what is to blame, and with --all searches for
 * paragraphs that have some of it. */
static pil_status relax(pil_session *session, answer *found, const pil_buffer *text, pil_error *err)
{
    pil_status status = pil_second_try_blame(session, found->query, err);
    if (status != PIL_OK || !session->options->all)
        return status;
    status = search_again(session, text->bytes, text->length, false, found, err);
    session->is_relaxed = status == PIL_OK && found->hits->n_items > 0;
    if (session->is_relaxed)
        pil_tell("these paragraphs have only some of the words");
    return status;
}

static pil_status search(pil_session *session, answer *found, pil_error *err)
{
    const pil_query_options *options = session->options;
    pil_buffer text;
    pil_buffer_init(&text, 2 * PIL_QUERY_MAX_BYTES);
    pil_status status = pil_search_run(session, found->query, NULL, &found->hits, err);
    if (status == PIL_OK && options->fix)
        status = fix(session, found, &text, err);
    else if (status == PIL_OK &&
             pil_buffer_append(&text, options->query, options->query_bytes) != PIL_OK)
        status = pil_error_no_memory(err);
    if (status == PIL_OK)
        pil_search_notes_of_hits(session, found->query, found->hits);
    bool is_empty = status == PIL_OK && found->hits->n_items == 0 && !options->hides_hits &&
                    options->offset == 0;
    if (is_empty)
        status = relax(session, found, &text, err);
    pil_buffer_dispose(&text);
    return status;
}

static pil_exit_code search_and_show(pil_session *session, answer *found)
{
    pil_error err = {0};
    pil_status status = search(session, found, &err);
    if (status != PIL_OK)
        return pil_session_fail(session, status, &err);
    pil_exit_code code = exit_code_of(session->options, found->query, found->hits);
    status = pil_show(session, found->hits, &err);
    if (status != PIL_OK && status != PIL_DONE) {
        pil_tell("%s", err.message);
        code = PIL_EXIT_SYSTEM;
    }
    return code;
}

pil_query *pil_search_read_or_tell(const pil_session *session, pil_exit_code *code)
{
    const pil_query_options *options = session->options;
    pil_error err = {0};
    pil_query *query;
    pil_query_fault fault;
    pil_status status =
        pil_search_read(session, options->query, options->query_bytes, &query, &fault, &err);
    if (status == PIL_OK)
        return query;
    pil_tell("%s", err.message);
    if (status == PIL_BAD_QUERY)
        pil_query_fault_tell(options->query, options->query_bytes, &fault);
    free(fault.corrected);
    *code = pil_exit_code_of(status);
    return NULL;
}

static pil_exit_code show_tree(const pil_query *query)
{
    pil_buffer tree, safe;
    pil_error err = {0};
    pil_buffer_init(&tree, SIZE_MAX / 2);
    pil_buffer_init(&safe, SIZE_MAX / 2);
    pil_exit_code code = query->is_truncated ? PIL_EXIT_LIMIT : PIL_EXIT_DONE;
    pil_status status = pil_query_print(query, &tree, &err);
    if (status == PIL_OK)
        status = pil_terminal_escape(tree.bytes, tree.length, PIL_TERMINAL_KEEP_LINES, &safe);
    if (status == PIL_OK)
        status = pil_show_text(safe.bytes, &err);
    if (status != PIL_OK && status != PIL_DONE) {
        pil_tell("%s", err.message);
        code = PIL_EXIT_SYSTEM;
    }
    pil_buffer_dispose(&tree);
    pil_buffer_dispose(&safe);
    return code;
}

pil_exit_code pil_search_command(pil_session *session)
{
    pil_exit_code code;
    answer found = {.query = pil_search_read_or_tell(session, &code)};
    if (found.query == NULL)
        return code;
    pil_search_notes_of_query(found.query);
    if (session->options->parse) {
        code = show_tree(found.query);
    } else {
        code = pil_session_open_index(session);
        if (code == PIL_EXIT_DONE)
            code = search_and_show(session, &found);
    }
    pil_hits_free(found.hits);
    pil_query_free(found.query);
    return code;
}
