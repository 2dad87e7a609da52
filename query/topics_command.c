#include "topics_command.h"

#include "answer.h"
#include "read_query.h"
#include "show.h"
#include "tell.h"
#include "topics_file.h"

#include <stdint.h>

/* The topics of a file under way. */
typedef struct topics_run {
    pil_session *session;
    const char *name; /* of the file, for messages */
    pil_formatter *formatter;
    bool some_are_bad, some_are_truncated, some_have_hits;
    pil_exit_code code; /* of what ends the run; PIL_EXIT_DONE as long as it goes on */
    bool is_over;
} topics_run;

static void end_run(topics_run *run, pil_exit_code code)
{
    run->is_over = true;
    run->code = code;
}

static pil_status show_hits(topics_run *run, const pil_topic *topic, const pil_hits *hits,
                            pil_error *err)
{
    const pil_format_settings settings = {.topic = topic->id,
                                          .query = topic->query,
                                          .is_relaxed = run->session->is_relaxed,
                                          .words = hits->words,
                                          .n_words = hits->n_words,
                                          .last_rank = pil_show_last_rank(hits),
                                          .hits = hits->items,
                                          .n_hits = hits->n_items};
    pil_status status = pil_formatter_topic(run->formatter, &settings, err);
    for (size_t i = 0; i < hits->n_items && status == PIL_OK; i++)
        status = pil_formatter_hit(run->formatter, &hits->items[i], err);
    return status;
}

static void show(topics_run *run, const pil_topic *topic, const pil_hits *hits)
{
    pil_error err = {0};
    pil_status status = run->session->options->count ? pil_show_count(hits, topic->id, &err)
                                                     : show_hits(run, topic, hits, &err);
    if (status == PIL_OK)
        return;
    if (status != PIL_DONE)
        pil_tell("%s", err.message);
    end_run(run, status == PIL_DONE ? PIL_EXIT_DONE : PIL_EXIT_SYSTEM);
}

static void search(topics_run *run, const pil_topic *topic, pil_answer *answer)
{
    pil_error err = {0};
    pil_status status =
        pil_answer_find(run->session, topic->query, topic->query_bytes, NULL, answer, &err);
    if (status != PIL_OK) {
        end_run(run, pil_session_fail(run->session, status, &err));
        return;
    }
    run->some_are_truncated |= pil_answer_is_limited(answer);
    run->some_have_hits |= answer->hits->n_items > 0 || answer->hits->n_matches > 0;
    show(run, topic, answer->hits);
}

static void tell_bad(topics_run *run, const char *message)
{
    pil_tell_of(run->session->place, "%s", message);
    run->some_are_bad = true;
}

static void read_and_search(topics_run *run, const pil_topic *topic)
{
    pil_session *session = run->session;
    pil_error err = {0};
    pil_answer answer = {0};
    pil_status status = pil_read_query(session, topic->query, topic->query_bytes,
                                       session->options->all, &answer.query, NULL, &err);
    if (status != PIL_OK) {
        tell_bad(run, err.message);
        if (status != PIL_BAD_QUERY)
            end_run(run, pil_exit_code_of(status));
        return;
    }
    for (size_t i = 0; i < answer.query->n_notes; i++)
        pil_tell_of(session->place, "%s", answer.query->notes[i]);
    search(run, topic, &answer);
    pil_answer_dispose(&answer);
}

/* What is said of a topic begins with its place, as a compiler's messages do. */
static void run_topic(topics_run *run, const pil_topic *topic)
{
    pil_buffer place;
    pil_buffer_init(&place, SIZE_MAX / 2);
    if (pil_buffer_appendf(&place, "%s:%zu: topic%s%s", run->name, topic->line,
                           *topic->id == '\0' ? "" : " ", topic->id) == PIL_OK)
        run->session->place = place.bytes;
    if (topic->problem != NULL)
        tell_bad(run, topic->problem);
    else
        read_and_search(run, topic);
    run->session->place = NULL;
    pil_buffer_dispose(&place);
}

static pil_exit_code exit_code_of(const topics_run *run)
{
    if (run->code != PIL_EXIT_DONE)
        return run->code;
    if (run->some_are_bad)
        return PIL_EXIT_USAGE;
    if (run->some_are_truncated)
        return PIL_EXIT_LIMIT;
    return run->some_have_hits ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
}

static pil_exit_code run_topics(topics_run *run, const pil_topics *topics)
{
    pil_error err = {0};
    run->formatter = pil_show_formatter_new(run->session, NULL);
    pil_status status = run->formatter == NULL ? pil_error_no_memory(&err) : PIL_OK;
    bool shows_hits = !run->session->options->count;
    if (status == PIL_OK && shows_hits)
        status = pil_formatter_begin(run->formatter, &err);
    for (size_t i = 0; i < topics->n_items && status == PIL_OK && !run->is_over; i++)
        run_topic(run, &topics->items[i]);
    if (status == PIL_OK && shows_hits && !run->is_over)
        status = pil_formatter_end(run->formatter, &err);
    pil_formatter_free(run->formatter);
    if (status != PIL_OK && status != PIL_DONE) {
        pil_tell("%s", err.message);
        return PIL_EXIT_SYSTEM;
    }
    return exit_code_of(run);
}

pil_exit_code pil_topics_command(pil_session *session)
{
    const char *path = session->options->topics;
    topics_run run = {.session = session, .name = pil_topics_file_name(path)};
    pil_topics topics;
    pil_exit_code code = pil_topics_file_load(path, &topics);
    if (code == PIL_EXIT_DONE)
        code = pil_session_open_index(session);
    if (code == PIL_EXIT_DONE)
        code = run_topics(&run, &topics);
    pil_topics_dispose(&topics);
    return code;
}
