#include "eval_command.h"

#include "eval_run.h"
#include "evaluation_output.h"

/* The measures of the topics, which are summed up and written. */
typedef struct evaluation {
    pil_session *session;
    pil_eval_run run;
    pil_output output;
    pil_measures sum;
} evaluation;

static pil_status evaluate_topic(evaluation *self, const pil_topic *topic, pil_error *err)
{
    const pil_session *const ways[] = {self->session};
    pil_measures measures;
    bool is_judged;
    pil_status status = pil_eval_run_topic(&self->run, topic, ways, 1, &measures, &is_judged, err);
    if (status != PIL_OK || !is_judged)
        return status;
    for (size_t i = 0; i < PIL_N_MEASURES; i++)
        self->sum.values[i] += measures.values[i];
    pil_evaluation_line(&self->output, (pil_query_format)self->session->options->format, topic->id,
                        &measures, 0);
    return pil_output_flush(&self->output, err);
}

static pil_status evaluate_topics(evaluation *self, pil_error *err)
{
    pil_query_format format = (pil_query_format)self->session->options->format;
    const pil_topics *topics = &self->run.topics;
    pil_status status = PIL_OK;
    pil_evaluation_begin(&self->output, format);
    for (size_t i = 0; i < topics->n_items && status == PIL_OK; i++)
        status = evaluate_topic(self, &topics->items[i], err);
    size_t n_topics = self->run.n_topics;
    if (status != PIL_OK || n_topics == 0)
        return status;
    for (size_t i = 0; i < PIL_N_MEASURES; i++)
        self->sum.values[i] /= (double)n_topics;
    pil_evaluation_line(&self->output, format, NULL, &self->sum, n_topics);
    return pil_output_finish(&self->output, err);
}

static pil_exit_code run(evaluation *self)
{
    pil_error err = {0};
    pil_output_init(&self->output, stdout);
    pil_status status = evaluate_topics(self, &err);
    pil_output_dispose(&self->output);
    if (status == PIL_OK)
        return pil_eval_run_tell_doubts(&self->run);
    if (status == PIL_DONE)
        return PIL_EXIT_DONE;
    return pil_session_fail(self->session, status, &err);
}

pil_exit_code pil_eval_command(pil_session *session)
{
    evaluation self = {.session = session};
    pil_exit_code code = pil_eval_run_open(&self.run, session);
    if (code == PIL_EXIT_DONE)
        code = run(&self);
    pil_eval_run_dispose(&self.run);
    return code;
}
