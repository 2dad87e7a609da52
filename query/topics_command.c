#include "topics_command.h"

#include "base/file.h"
#include "search_command.h"
#include "show.h"
#include "tell.h"
#include "topics.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* Millions of queries. */
enum { TOPICS_MAX_BYTES = 512 * 1024 * 1024 };

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

static pil_status read_file(const char *path, pil_buffer *text, pil_error *err)
{
    bool is_standard_input = strcmp(path, "-") == 0;
    int fd = is_standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return pil_error_set_errno(err, errno, "it cannot be opened");
    pil_status status = pil_file_read_fd(fd, UINT64_MAX, text, err);
    if (!is_standard_input)
        close(fd);
    return status;
}

/* What is said of a topic begins with its place, as a compiler's messages do. */
static void tell_topic(const topics_run *run, const pil_topic *topic, const char *message)
{
    pil_tell("%s:%zu: topic%s%s: %s", run->name, topic->line, *topic->id == '\0' ? "" : " ",
             topic->id, message);
}

static pil_status show_hits(topics_run *run, const pil_topic *topic, const pil_hits *hits,
                            pil_error *err)
{
    const pil_format_settings settings = {.topic = topic->id,
                                          .query = topic->query,
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

static void search(topics_run *run, const pil_topic *topic, const pil_query *query)
{
    pil_error err = {0};
    pil_hits *hits = NULL;
    pil_status status = pil_search_run(run->session, query, NULL, &hits, &err);
    if (status != PIL_OK) {
        end_run(run, pil_session_fail(run->session, status, &err));
        return;
    }
    run->some_are_truncated |= hits->n_cut > 0 || hits->is_limited;
    if (hits->n_items == 0 && hits->n_matches == 0)
        tell_topic(run, topic, "no hits");
    else
        run->some_have_hits = true;
    show(run, topic, hits);
    pil_hits_free(hits);
}

static void run_topic(topics_run *run, const pil_topic *topic)
{
    pil_error err = {0};
    pil_query *query = NULL;
    if (topic->problem != NULL) {
        tell_topic(run, topic, topic->problem);
        run->some_are_bad = true;
        return;
    }
    pil_status status =
        pil_search_read(run->session, topic->query, topic->query_bytes, &query, NULL, &err);
    if (status != PIL_OK) {
        tell_topic(run, topic, err.message);
        run->some_are_bad = true;
        if (status != PIL_BAD_QUERY)
            end_run(run, pil_exit_code_of(status));
        return;
    }
    for (size_t i = 0; i < query->n_notes; i++)
        tell_topic(run, topic, query->notes[i]);
    run->some_are_truncated |= query->is_truncated;
    search(run, topic, query);
    pil_query_free(query);
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
    topics_run run = {.session = session, .name = strcmp(path, "-") == 0 ? "standard input" : path};
    pil_error err = {0};
    pil_buffer text;
    pil_topics topics = {0};
    pil_buffer_init(&text, TOPICS_MAX_BYTES);
    pil_status status = read_file(path, &text, &err);
    if (status == PIL_OK)
        status = pil_topics_read(text.bytes, text.length, &topics, &err);
    pil_buffer_dispose(&text);
    pil_exit_code code = PIL_EXIT_USAGE;
    if (status != PIL_OK) {
        pil_tell("--topics: %s: %s", run.name, err.message);
        code = status == PIL_NOT_FOUND ? PIL_EXIT_USAGE : pil_exit_code_of(status);
    } else if (topics.n_items == 0) {
        pil_tell("--topics: %s: there are no topics in it", run.name);
    } else {
        code = pil_session_open_index(session);
        if (code == PIL_EXIT_DONE)
            code = run_topics(&run, &topics);
    }
    pil_topics_dispose(&topics);
    return code;
}
