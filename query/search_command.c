#include "search_command.h"

#include "answer.h"
#include "cli/terminal_text.h"
#include "read_query.h"
#include "search_notes.h"
#include "show.h"
#include "tell.h"

static pil_exit_code exit_code_of(const pil_query_options *options, const pil_answer *answer)
{
    if (pil_answer_is_limited(answer))
        return PIL_EXIT_LIMIT;
    bool has_some = options->hides_hits ? answer->hits->n_matches > 0 : answer->hits->n_items > 0;
    return has_some ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
}

static pil_exit_code search_and_show(pil_session *session, pil_answer *answer)
{
    const pil_query_options *options = session->options;
    pil_error err = {0};
    pil_status status =
        pil_answer_find(session, options->query, options->query_bytes, NULL, answer, &err);
    if (status != PIL_OK)
        return pil_session_fail(session, status, &err);
    pil_exit_code code = exit_code_of(options, answer);
    status = pil_show(session, answer->hits, &err);
    if (status != PIL_OK && status != PIL_DONE) {
        pil_tell("%s", err.message);
        code = PIL_EXIT_SYSTEM;
    }
    return code;
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
    pil_answer answer = {.query = pil_read_query_or_tell(session, &code)};
    if (answer.query == NULL)
        return code;
    pil_search_notes_of_query(answer.query);
    if (session->options->parse) {
        code = show_tree(answer.query);
    } else {
        code = pil_session_open_index(session);
        if (code == PIL_EXIT_DONE)
            code = search_and_show(session, &answer);
    }
    pil_answer_dispose(&answer);
    return code;
}
