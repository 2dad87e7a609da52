#include "search_command.h"

#include "cli/terminal_text.h"
#include "query_fault.h"
#include "search/query.h"
#include "search/searcher.h"
#include "search_notes.h"
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

pil_status pil_search_read(const pil_session *session, const char *text, size_t length,
                           pil_query **query, pil_query_fault *fault, pil_error *err)
{
    const pil_query_settings settings = {.today = find_today()};
    pil_status status =
        pil_query_parse(text, length, &settings, session->analyser, query, fault, err);
    if (status == PIL_OK && session->options->all)
        pil_query_require_all(*query);
    return status;
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

static pil_exit_code search_and_show(pil_session *session, const pil_query *query)
{
    const pil_query_options *options = session->options;
    pil_error err = {0};
    pil_hits *hits = NULL;
    pil_status status = pil_search_run(session, query, NULL, &hits, &err);
    if (status != PIL_OK)
        return pil_session_fail(session, status, &err);
    pil_search_notes_of_hits(session, query, hits);
    pil_exit_code code = exit_code_of(options, query, hits);
    status = pil_show(session, hits, &err);
    if (status != PIL_OK && status != PIL_DONE) {
        pil_tell("%s", err.message);
        code = PIL_EXIT_SYSTEM;
    }
    pil_hits_free(hits);
    return code;
}

/* NULL, with *code, after having told what is wrong. The caller frees it. */
static pil_query *read_query(const pil_session *session, pil_exit_code *code)
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
    pil_query *query = read_query(session, &code);
    if (query == NULL)
        return code;
    pil_search_notes_of_query(query);
    if (session->options->parse) {
        code = show_tree(query);
    } else {
        code = pil_session_open_index(session);
        if (code == PIL_EXIT_DONE)
            code = search_and_show(session, query);
    }
    pil_query_free(query);
    return code;
}
