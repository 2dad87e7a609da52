#include "news_command.h"

#include "answer.h"
#include "read_query.h"
#include "saved_command.h"
#include "search_notes.h"
#include "show.h"
#include "tell.h"

#include <stdlib.h>
#include <string.h>

/* What is remembered of a query for an index. */
typedef struct news_memory {
    char *directory;
    char *index; /* its real path */
    uint64_t *ids;
    size_t n_ids;
} news_memory;

static pil_exit_code fail(pil_status status, const pil_error *err)
{
    pil_tell("%s", err->message);
    return status == PIL_UNSUPPORTED ? PIL_EXIT_LIMIT : PIL_EXIT_SYSTEM;
}

static pil_exit_code recall(const pil_session *session, news_memory *memory)
{
    pil_error err = {0};
    memory->directory = pil_saved_command_directory();
    if (memory->directory == NULL)
        return PIL_EXIT_SYSTEM;
    memory->index = realpath(session->directory, NULL);
    if (memory->index == NULL)
        return fail(pil_error_no_memory(&err), &err);
    pil_status status = pil_saved_read_seen(memory->directory, session->options->at, memory->index,
                                            &memory->ids, &memory->n_ids, &err);
    return status == PIL_OK ? PIL_EXIT_DONE : fail(status, &err);
}

/* What was found before and is no hit now stays known, so that it is not new when it comes back;
 * unless there is no room for both. */
static pil_status remember(const pil_session *session, const news_memory *memory,
                           const pil_hits *hits, pil_error *err)
{
    size_t n = 0, i = 0, j = 0;
    uint64_t *ids = malloc((memory->n_ids + hits->n_ids + 1) * sizeof *ids);
    if (ids == NULL)
        return pil_error_no_memory(err);
    while (i < memory->n_ids || j < hits->n_ids) {
        bool takes_old = j == hits->n_ids || (i < memory->n_ids && memory->ids[i] <= hits->ids[j]);
        uint64_t id = takes_old ? memory->ids[i++] : hits->ids[j++];
        if (n == 0 || ids[n - 1] != id)
            ids[n++] = id;
    }
    bool has_room = n <= PIL_SEARCH_MAX_UNSEEN;
    pil_status status =
        pil_saved_write_seen(memory->directory, session->options->at, memory->index,
                             has_room ? ids : hits->ids, has_room ? n : hits->n_ids, err);
    free(ids);
    return status;
}

static pil_exit_code show(pil_session *session, const news_memory *memory, const pil_hits *hits)
{
    const pil_query_options *options = session->options;
    pil_error err = {0};
    bool leaves_some = options->grouping == PIL_QUERY_UNGROUPED && !options->hides_hits &&
                       hits->n_items < hits->n_unseen;
    if (leaves_some)
        pil_tell("new, but beyond the limit: %zu more; they will not be new the next time",
                 hits->n_unseen - hits->n_items);
    pil_status status = pil_show(session, hits, &err);
    if (status == PIL_OK && !options->hides_hits)
        status = remember(session, memory, hits, &err);
    if (status != PIL_OK && status != PIL_DONE)
        return fail(status, &err);
    return hits->n_unseen > 0 ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
}

static pil_exit_code search(pil_session *session, pil_answer *answer, news_memory *memory)
{
    const pil_query_options *options = session->options;
    pil_error err = {0};
    pil_exit_code code = recall(session, memory);
    if (code != PIL_EXIT_DONE)
        return code;
    const pil_seen seen = {memory->ids, memory->n_ids};
    pil_status status =
        pil_answer_find(session, options->query, options->query_bytes, &seen, answer, &err);
    if (status == PIL_UNSUPPORTED)
        return fail(status, &err);
    if (status != PIL_OK)
        return pil_session_fail(session, status, &err);
    code = show(session, memory, answer->hits);
    return code == PIL_EXIT_DONE && pil_answer_is_limited(answer) ? PIL_EXIT_LIMIT : code;
}

pil_exit_code pil_news_command(pil_session *session)
{
    news_memory memory = {0};
    pil_exit_code code;
    pil_answer answer = {.query = pil_read_query_or_tell(session, &code)};
    if (answer.query == NULL)
        return code;
    pil_search_notes_of_query(answer.query);
    code = pil_session_open_index(session);
    if (code == PIL_EXIT_DONE)
        code = search(session, &answer, &memory);
    free(memory.ids);
    free(memory.index);
    free(memory.directory);
    pil_answer_dispose(&answer);
    return code;
}
