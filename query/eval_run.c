#include "eval_run.h"

#include "answer.h"
#include "evaluate.h"
#include "tell.h"
#include "topics_file.h"

enum { QRELS_MAX_BYTES = 1 << 30 };

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

pil_exit_code pil_eval_run_open(pil_eval_run *self, pil_session *session)
{
    *self = (pil_eval_run){.session = session, .naming = PIL_N_NAMINGS};
    pil_exit_code code = load_qrels(session->options->eval, &self->qrels);
    if (code == PIL_EXIT_DONE)
        code = pil_topics_file_load(session->options->topics, &self->topics);
    if (code == PIL_EXIT_DONE)
        code = pil_session_open_index(session);
    return code;
}

void pil_eval_run_dispose(pil_eval_run *self)
{
    pil_qrels_dispose(&self->qrels);
    pil_topics_dispose(&self->topics);
}

/* Until a hit has a name that was judged, no topic has a relevant one, whatever they are called. */
static pil_status measure(pil_eval_run *self, const pil_qrels_topic *judged, const pil_hits *hits,
                          pil_measures *measures, pil_error *err)
{
    const char *cwd = self->session->cwd;
    pil_status status = PIL_OK;
    if (self->naming == PIL_N_NAMINGS)
        status = pil_judged_naming_find(&self->qrels, hits->items, hits->n_items, cwd,
                                        &self->naming, err);
    if (status == PIL_OK && self->naming != PIL_N_NAMINGS)
        status = pil_evaluate(&self->qrels, judged, self->naming, hits->items, hits->n_items, cwd,
                              measures, err);
    return status;
}

/* PIL_BAD_QUERY when the topic cannot be run. */
static pil_status search(const pil_eval_run *self, const pil_topic *topic, const pil_session *way,
                         pil_hits **hits, pil_error *err)
{
    const pil_search_options options = pil_search_options_of(way);
    if (topic->problem != NULL)
        return pil_error_set(err, PIL_BAD_QUERY, "%s", topic->problem);
    return pil_search_text(way, &self->session->snapshot, topic->query, topic->query_bytes,
                           way->options->all, &options, hits, err);
}

pil_status pil_eval_run_topic(pil_eval_run *self, const pil_topic *topic,
                              const pil_session *const *ways, size_t n_ways, pil_measures *out,
                              bool *is_judged, pil_error *err)
{
    const pil_qrels_topic *judged = pil_qrels_find(&self->qrels, topic->id);
    pil_status status = PIL_OK;
    *is_judged = judged != NULL;
    self->n_topics += judged != NULL;
    self->n_unjudged += judged == NULL;
    for (size_t i = 0; i < n_ways; i++)
        out[i] = (pil_measures){{0}};
    for (size_t i = 0; i < n_ways && judged != NULL && status == PIL_OK; i++) {
        pil_hits *hits = NULL;
        status = search(self, topic, ways[i], &hits, err);
        if (status == PIL_OK)
            status = measure(self, judged, hits, &out[i], err);
        pil_hits_free(hits);
    }
    if (status != PIL_BAD_QUERY)
        return status;
    pil_tell("%s:%zu: topic %s: %s", pil_topics_file_name(self->session->options->topics),
             topic->line, topic->id, err->message);
    self->some_are_bad = true;
    return PIL_OK;
}

pil_exit_code pil_eval_run_tell_doubts(const pil_eval_run *self)
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
