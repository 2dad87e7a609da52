#include "judge_command.h"

#include "judgements_file.h"
#include "judging_screen.h"
#include "judging_search.h"
#include "key_input.h"
#include "show.h"
#include "tell.h"
#include "topics_file.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* What was found for a topic, as long as one can go back to it. */
typedef struct judged_topic {
    bool is_made;
    pil_judging_hits hits;
    pil_pool pool;
} judged_topic;

/* An answer of this run, to go back to. */
typedef struct judging_step {
    size_t topic, paragraph;
    uint64_t length;     /* of the file before it */
    size_t n_judgements; /* that it added; 0 when the paragraph was skipped */
} step;

/* What is worked with, which is to blame for a failure. */
typedef enum part { PART_TERMINAL, PART_INDEX, PART_FILE } part;

/* Judging under way. */
typedef struct judging {
    pil_session *session;
    pil_topics topics;
    pil_judgements_file file;
    pil_naming naming;
    judged_topic *found;     /* one a topic */
    size_t topic, paragraph; /* at hand */
    step *steps;             /* [0..n_steps) */
    size_t n_steps, steps_capacity;
    size_t n_paragraphs; /* of all topics so far */
    pil_key_input keys;
    part part;
    bool is_over;      /* the user quit */
    bool some_are_bad; /* topics that cannot be run */
} judging;

/* ---- what there is to judge ---- */

static void tell_of_topic(const judging *self, const pil_topic *topic, const char *message)
{
    pil_tell("%s:%zu: topic%s%s: %s", self->session->options->topics, topic->line,
             *topic->id == '\0' ? "" : " ", topic->id, message);
}

/* Nothing is found for a topic that cannot be run, which is told. */
static pil_status make_pool(judging *self, const pil_topic *topic, judged_topic *found,
                            pil_error *err)
{
    pil_status status = pil_judging_search(self->session, topic, &found->hits, err);
    if (status == PIL_BAD_QUERY) {
        tell_of_topic(self, topic, err->message);
        self->some_are_bad = true;
        return PIL_OK;
    }
    if (status == PIL_OK)
        status = pil_judging_pool_make(&found->hits, topic->id, &self->file.qrels, self->naming,
                                       self->session->cwd, &found->pool, err);
    if (status == PIL_OK && found->pool.n == 0)
        tell_of_topic(self, topic, "no hits");
    self->n_paragraphs += found->pool.n;
    return status;
}

static void forget_topic(judged_topic *found)
{
    pil_pool_dispose(&found->pool);
    pil_judging_hits_dispose(&found->hits);
}

static bool has_open(const pil_pool *pool)
{
    for (size_t i = 0; i < pool->n; i++)
        if (!pool->paragraphs[i].is_judged)
            return true;
    return false;
}

/* Goes on to the next paragraph to be judged, from the one at hand; topic is n_items when there is
 * none. */
static pil_status find_next(judging *self, pil_error *err)
{
    for (; self->topic < self->topics.n_items; self->topic++, self->paragraph = 0) {
        judged_topic *found = &self->found[self->topic];
        if (!found->is_made) {
            pil_status status = make_pool(self, &self->topics.items[self->topic], found, err);
            if (status != PIL_OK)
                return status;
            found->is_made = true;
            if (!has_open(&found->pool))
                forget_topic(found);
        }
        for (; self->paragraph < found->pool.n; self->paragraph++)
            if (!found->pool.paragraphs[self->paragraph].is_judged)
                return PIL_OK;
    }
    return PIL_OK;
}

/* How the file names paragraphs, by the first of its topics of which one is found again. */
static pil_status find_naming(judging *self, size_t *n_topics, pil_error *err)
{
    pil_status status = PIL_OK;
    *n_topics = 0;
    for (size_t i = 0; i < self->topics.n_items && status == PIL_OK; i++) {
        const pil_topic *topic = &self->topics.items[i];
        if (topic->problem != NULL || pil_qrels_find(&self->file.qrels, topic->id) == NULL)
            continue;
        pil_judging_hits hits;
        ++*n_topics;
        status = pil_judging_search(self->session, topic, &hits, err);
        if (status == PIL_OK)
            status = pil_judging_naming_find(&hits, &self->file.qrels, self->session->cwd,
                                             &self->naming, err);
        pil_judging_hits_dispose(&hits);
        if (status == PIL_BAD_QUERY) /* told when its turn comes */
            status = PIL_OK;
        if (status != PIL_OK || self->naming != PIL_N_NAMINGS)
            return status;
    }
    return status;
}

/* Judgements of one kind only may be in a file: --eval takes all names for the same. */
static pil_exit_code settle_naming(judging *self)
{
    const char *path = self->file.path;
    size_t n_topics;
    pil_error err = {0};
    self->naming = PIL_N_NAMINGS;
    pil_status status = find_naming(self, &n_topics, &err);
    if (status != PIL_OK)
        return pil_session_fail(self->session, status, &err);
    if (self->naming == PIL_NAMING_ARTICLE || self->naming == PIL_NAMING_ARTICLE_SHORT) {
        pil_tell("--judge: %s: whole articles are judged there, as %s; name another file for "
                 "paragraphs",
                 path, self->file.qrels.documents.entries[0].bytes);
        return PIL_EXIT_USAGE;
    }
    if (self->naming == PIL_N_NAMINGS && n_topics > 0) {
        pil_tell("--judge: %s: nothing that was judged there is found: documents are named there "
                 "as in %s; go to the directory where it was made, or name another file",
                 path, self->file.qrels.documents.entries[0].bytes);
        return PIL_EXIT_USAGE;
    }
    if (self->naming == PIL_N_NAMINGS)
        self->naming = PIL_NAMING_PARAGRAPH;
    return PIL_EXIT_DONE;
}

/* ---- answers ---- */

static pil_pool_paragraph *paragraph_at(const judging *self, size_t topic, size_t paragraph)
{
    return &self->found[topic].pool.paragraphs[paragraph];
}

/* Before something is written, so that it can be taken back. */
static pil_status push_step(judging *self, size_t n_judgements, pil_error *err)
{
    if (self->n_steps == self->steps_capacity) {
        size_t capacity = 2 * self->steps_capacity + 64;
        step *grown = realloc(self->steps, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        self->steps = grown;
        self->steps_capacity = capacity;
    }
    self->steps[self->n_steps++] = (step){.topic = self->topic,
                                          .paragraph = self->paragraph,
                                          .length = self->file.length,
                                          .n_judgements = n_judgements};
    return PIL_OK;
}

static pil_status judge(judging *self, int grade, pil_error *err)
{
    const char *topic_id = self->topics.items[self->topic].id;
    pil_pool_paragraph *paragraph = paragraph_at(self, self->topic, self->paragraph);
    pil_buffer lines;
    pil_buffer_init(&lines, SIZE_MAX / 2);
    pil_status status = push_step(self, paragraph->n_open, err);
    if (status == PIL_OK && pil_pool_put_lines(paragraph, topic_id, grade, &lines) != PIL_OK)
        status = pil_error_no_memory(err);
    if (status == PIL_OK) {
        self->part = PART_FILE;
        status = pil_judgements_file_add(&self->file, lines.bytes, lines.length, err);
    }
    pil_buffer_dispose(&lines);
    if (status != PIL_OK)
        return status;
    paragraph->is_judged = true;
    self->file.n_judged += paragraph->n_open;
    return PIL_OK;
}

static pil_status skip(judging *self, pil_error *err)
{
    pil_status status = push_step(self, 0, err);
    self->paragraph += status == PIL_OK;
    return status;
}

static pil_status go_back(judging *self, pil_error *err)
{
    if (self->n_steps == 0)
        return pil_show_text("this is the first of this run\n", err);
    const step *last = &self->steps[self->n_steps - 1];
    if (last->n_judgements > 0) {
        self->part = PART_FILE;
        pil_status status = pil_judgements_file_cut(&self->file, last->length, err);
        if (status != PIL_OK)
            return status;
    }
    self->topic = last->topic;
    self->paragraph = last->paragraph;
    paragraph_at(self, last->topic, last->paragraph)->is_judged = false;
    self->file.n_judged -= last->n_judgements;
    self->n_steps--;
    return PIL_OK;
}

/* *is_answered: another paragraph is to be shown, or the same one again. */
static pil_status take_answer(judging *self, int key, bool *is_answered, pil_error *err)
{
    *is_answered = true;
    switch (key) {
    case 'y':
        return judge(self, 1, err);
    case 'n':
        return judge(self, 0, err);
    case '0':
    case '1':
    case '2':
    case '3':
        return judge(self, key - '0', err);
    case 's':
        return skip(self, err);
    case 'b':
        return go_back(self, err);
    case 'q':
    case PIL_KEY_END:
    case PIL_KEY_SIGNAL:
        self->is_over = true;
        return PIL_OK;
    case PIL_KEY_STOPPED:
        return PIL_OK;
    default:
        *is_answered = false;
        return pil_judging_help(err);
    }
}

static pil_status ask(judging *self, pil_error *err)
{
    bool is_answered = false;
    pil_status status = PIL_OK;
    while (status == PIL_OK && !is_answered) {
        int key = PIL_KEY_END;
        status = pil_judging_ask(err);
        if (status == PIL_OK)
            status = pil_key_input_read(&self->keys, &key, err);
        if (status == PIL_OK)
            status = pil_judging_echo(key, err);
        if (status == PIL_OK)
            status = take_answer(self, key, &is_answered, err);
    }
    return status;
}

static pil_status judge_all(judging *self, pil_error *err)
{
    while (!self->is_over) {
        self->part = PART_INDEX;
        pil_status status = find_next(self, err);
        if (status != PIL_OK || self->topic == self->topics.n_items)
            return status;
        const pil_judging_place place = {.topic = &self->topics.items[self->topic],
                                         .topic_number = self->topic + 1,
                                         .n_topics = self->topics.n_items,
                                         .pool = &self->found[self->topic].pool,
                                         .paragraph = self->paragraph,
                                         .n_judged = self->file.n_judged};
        self->part = PART_TERMINAL;
        status = pil_judging_show(self->session, &place, err);
        if (status == PIL_OK)
            status = ask(self, err);
        if (status != PIL_OK)
            return status;
    }
    return PIL_OK;
}

/* ---- the whole ---- */

static pil_exit_code tell_end(const judging *self)
{
    size_t n_skipped = 0, n_new = 0;
    for (size_t i = 0; i < self->n_steps; i++) {
        n_skipped += self->steps[i].n_judgements == 0;
        n_new += self->steps[i].n_judgements;
    }
    bool is_finished = self->topic == self->topics.n_items;
    if (is_finished && self->n_paragraphs > 0 && n_skipped == 0)
        pil_tell("all paragraphs are judged");
    if (n_skipped > 0)
        pil_tell("skipped, which come again next time: %zu", n_skipped);
    pil_tell("judgements in %s: %zu, of this run: %zu", self->file.path, self->file.n_judged,
             n_new);
    if (self->some_are_bad)
        return PIL_EXIT_USAGE;
    return is_finished && self->n_paragraphs == 0 ? PIL_EXIT_NO_HITS : PIL_EXIT_DONE;
}

static pil_exit_code tell_file_failure(const char *path, pil_status status, const pil_error *err)
{
    pil_tell("--judge: %s: %s", path, err->message);
    return status == PIL_NOT_FOUND ? PIL_EXIT_USAGE : pil_exit_code_of(status);
}

static pil_exit_code open_file(judging *self)
{
    const char *path = self->session->options->judge;
    pil_error err = {0};
    pil_status status = pil_judgements_file_open(path, &self->file, &err);
    if (status != PIL_OK)
        return tell_file_failure(path, status, &err);
    if (self->file.torn.length > 0)
        pil_tell("%s: the last line was cut off, by a crash perhaps, and is taken away: %s", path,
                 self->file.torn.bytes);
    return PIL_EXIT_DONE;
}

static pil_exit_code run(judging *self)
{
    pil_error err = {0};
    self->found = calloc(self->topics.n_items, sizeof *self->found);
    if (self->found == NULL) {
        pil_tell("out of memory");
        return PIL_EXIT_SYSTEM;
    }
    pil_key_input_init(&self->keys, STDIN_FILENO);
    pil_status status = judge_all(self, &err);
    if (status == PIL_OK || status == PIL_DONE)
        return tell_end(self);
    if (self->part == PART_FILE)
        return tell_file_failure(self->file.path, status, &err);
    if (self->part == PART_INDEX)
        return pil_session_fail(self->session, status, &err);
    pil_tell("%s", err.message);
    return pil_exit_code_of(status);
}

static void dispose(judging *self)
{
    for (size_t i = 0; self->found != NULL && i < self->topics.n_items; i++)
        forget_topic(&self->found[i]);
    free(self->found);
    free(self->steps);
    pil_judgements_file_close(&self->file);
    pil_topics_dispose(&self->topics);
}

pil_exit_code pil_judge_command(pil_session *session)
{
    judging self = {.session = session, .file = {.fd = -1}};
    pil_exit_code code = pil_topics_file_load(session->options->topics, &self.topics);
    if (code == PIL_EXIT_DONE)
        code = pil_session_open_index(session);
    if (code == PIL_EXIT_DONE)
        code = open_file(&self);
    if (code == PIL_EXIT_DONE)
        code = settle_naming(&self);
    if (code == PIL_EXIT_DONE)
        code = run(&self);
    int signal_number = self.keys.signal;
    dispose(&self);
    /* Who waits for this program learns that a signal ended it. */
    if (signal_number != 0)
        raise(signal_number);
    return code;
}
