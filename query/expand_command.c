#include "expand_command.h"

#include "answer.h"
#include "reach_output.h"
#include "read_query.h"
#include "search/reach.h"
#include "tell.h"

#include <stdio.h>

static pil_exit_code show(pil_session *session, const pil_reach *reach)
{
    pil_output output;
    pil_error err = {0};
    pil_output_init(&output, stdout);
    pil_status status = session->options->format == PIL_QUERY_JSON
                            ? pil_reach_put_json(&output, reach, &err)
                            : pil_reach_put_text(&output, reach, &err);
    if (status == PIL_OK)
        status = pil_output_finish(&output, &err);
    pil_output_dispose(&output);
    if (status == PIL_OK || status == PIL_DONE)
        return reach->n_items > 0 ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
    pil_tell("%s", err.message);
    return PIL_EXIT_SYSTEM;
}

static pil_exit_code find_and_show(pil_session *session, const pil_query *query)
{
    const pil_search_options wanted = pil_search_options_of(session);
    pil_error err = {0};
    pil_reach *reach;
    pil_exit_code code = pil_session_open_index(session);
    if (code != PIL_EXIT_DONE)
        return code;
    pil_status status =
        pil_reach_find(&session->snapshot, query, session->analyser, &wanted, &reach, &err);
    if (status != PIL_OK)
        return pil_session_fail(session, status, &err);
    code = show(session, reach);
    pil_reach_free(reach);
    return code;
}

pil_exit_code pil_expand_command(pil_session *session)
{
    pil_exit_code code;
    pil_query *query = pil_read_query_or_tell(session, &code);
    if (query == NULL)
        return code;
    code = find_and_show(session, query);
    pil_query_free(query);
    return code;
}
