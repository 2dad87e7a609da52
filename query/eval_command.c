#include "eval_command.h"

#include "answer.h"
#include "evaluate.h"
#include "evaluation_output.h"
#include "read_query.h"
#include "tell.h"
#include "topics_file.h"

#include <string.h>

enum { QRELS_MAX_BYTES = 1 << 30 };

/* An evaluation under way. */
typedef struct evaluation {
    pil_session *session;
    pil_qrels qrels;
    pil_topics topics;
    pil_naming naming; /* PIL_N_NAMINGS until some hit was judged */
    pil_output output;
    pil_measures sum;
    size_t n_topics;   /* that were evaluated */
    size_t n_unjudged; /* of the file's */
    bool some_are_bad;
} evaluation;

static pil_exit_code load_qrels(const char *path, pil_qrels *out)
{
    pil_error err = {0};
    pil_buffer text;
    *out = (pil_qrels){0};
    pil_buffer_init(&text, QRELS_MAX_BYTES);
    pil_status status = pil_topics_file_read(path, &text, &err);
    if (status == PIL_OK)
        status = pil_qrels_read(text.bytes, text.length, out, &err);
    pil_buffer_dispose(&text);
    if (status == PIL_OK)
        return PIL_EXIT_DONE;
    pil_tell("--eval: %s: %s", pil_topics_file_name(path), err.message);
    bool is_of_user = status == PIL_NOT_FOUND || status == PIL_INVALID_ARGUMENT;
    return is_of_user ? PIL_EXIT_USAGE : pil_exit_code_of(status);
}

/* Until a hit has a name that was judged, no topic has a relevant one, whatever they are called. */
static pil_status measure(evaluation *self, const pil_qrels_topic *judged, const pil_hits *hits,
                          pil_measures *measures, pil_error *err)
{
    const char *cwd = self->session->cwd;
    pil_status status = PIL_OK;
    *measures = (pil_measures){{0}};
    if (hits == NULL)
        return PIL_OK;
    if (self->naming == PIL_N_NAMINGS)
        status = pil_judged_naming_find(&self->qrels, hits->items, hits->n_items, cwd,
                                        &self->naming, err);
    if (status == PIL_OK && self->naming != PIL_N_NAMINGS)
        status = pil_evaluate(&self->qrels, judged, self->naming, hits->items, hits->n_items, cwd,
                              measures, err);
    return status;
}

/* Nothing is found for a topic that cannot be run, which is told. */
static pil_status search(evaluation *self, const pil_topic *topic, pil_hits **hits, pil_error *err)
{
    pil_session *session = self->session;
    const pil_search_options options = pil_search_options_of(session);
    pil_query *query = NULL;
    pil_status status = PIL_BAD_QUERY;
    if (topic->problem == NULL)
        status = pil_read_query(session, topic->query, topic->query_bytes, session->options->all,
                                &query, NULL, err);
    if (status == PIL_OK)
        status = pil_search(&session->snapshot, query, session->analyser, &options, hits, err);
    pil_query_free(query);
    if (status != PIL_BAD_QUERY)
        return status;
    pil_tell("%s:%zu: topic %s: %s", pil_topics_file_name(session->options->topics), topic->line,
             topic->id, topic->problem != NULL ? topic->problem : err->message);
    self->some_are_bad = true;
    return PIL_OK;
}

static pil_status evaluate_topic(evaluation *self, const pil_topic *topic, pil_error *err)
{
    const pil_qrels_topic *judged = pil_qrels_find(&self->qrels, topic->id);
    pil_measures measures;
    pil_hits *hits = NULL;
    if (judged == NULL) {
        self->n_unjudged++;
        return PIL_OK;
    }
    pil_status status = search(self, topic, &hits, err);
    if (status == PIL_OK)
        status = measure(self, judged, hits, &measures, err);
    pil_hits_free(hits);
    if (status != PIL_OK)
        return status;
    for (size_t i = 0; i < PIL_N_MEASURES; i++)
        self->sum.values[i] += measures.values[i];
    self->n_topics++;
    pil_evaluation_line(&self->output, (pil_query_format)self->session->options->format, topic->id,
                        &measures, 0);
    return pil_output_flush(&self->output, err);
}

static pil_status evaluate_topics(evaluation *self, pil_error *err)
{
    pil_query_format format = (pil_query_format)self->session->options->format;
    const pil_topics *topics = &self->topics;
    pil_status status = PIL_OK;
    pil_evaluation_begin(&self->output, format);
    for (size_t i = 0; i < topics->n_items && status == PIL_OK; i++)
        status = evaluate_topic(self, &topics->items[i], err);
    if (status != PIL_OK || self->n_topics == 0)
        return status;
    for (size_t i = 0; i < PIL_N_MEASURES; i++)
        self->sum.values[i] /= (double)self->n_topics;
    pil_evaluation_line(&self->output, format, NULL, &self->sum, self->n_topics);
    return pil_output_finish(&self->output, err);
}

/* What makes the means others than they seem. */
static pil_exit_code tell_doubts(const evaluation *self)
{
    size_t n_left = self->qrels.topic_ids.n_entries - self->n_topics;
    if (self->n_topics == 0) {
        pil_tell("--eval: no topic has judgements: the ids of %s are others",
                 self->session->options->eval);
        return PIL_EXIT_USAGE;
    }
    if (self->naming == PIL_N_NAMINGS) {
        pil_tell("--eval: no hit was judged: documents are named there as in %s",
                 self->qrels.documents.entries[0].bytes);
        return PIL_EXIT_NO_HITS;
    }
    if (self->n_unjudged > 0)
        pil_tell("topics without judgements, which are left out: %zu", self->n_unjudged);
    if (n_left > 0)
        pil_tell("topics with judgements that were not run: %zu", n_left);
    return self->some_are_bad ? PIL_EXIT_USAGE : PIL_EXIT_DONE;
}

static pil_exit_code run(evaluation *self)
{
    pil_error err = {0};
    pil_output_init(&self->output, stdout);
    pil_status status = evaluate_topics(self, &err);
    pil_output_dispose(&self->output);
    if (status == PIL_OK)
        return tell_doubts(self);
    if (status == PIL_DONE)
        return PIL_EXIT_DONE;
    return pil_session_fail(self->session, status, &err);
}

pil_exit_code pil_eval_command(pil_session *session)
{
    evaluation self = {.session = session, .naming = PIL_N_NAMINGS};
    pil_exit_code code = load_qrels(session->options->eval, &self.qrels);
    if (code == PIL_EXIT_DONE)
        code = pil_topics_file_load(session->options->topics, &self.topics);
    if (code == PIL_EXIT_DONE)
        code = pil_session_open_index(session);
    if (code == PIL_EXIT_DONE)
        code = run(&self);
    pil_qrels_dispose(&self.qrels);
    pil_topics_dispose(&self.topics);
    return code;
}
