#include "compare_command.h"

#include "compare_options.h"
#include "comparison.h"
#include "comparison_output.h"
#include "comparison_svg.h"
#include "comparison_text.h"
#include "eval_run.h"
#include "show.h"
#include "tell.h"

/* One of the two. */
typedef struct way {
    pil_query_options options;
    pil_session session; /* its index stays closed: both search that of the command */
} way;

typedef struct compare_command {
    pil_session *session;
    pil_arena arena; /* of the options' strings */
    way ways[PIL_N_WAYS];
    pil_eval_run run;
    pil_comparison comparison;
} compare_command;

/* Before any of the files is read: what is wrong with the options. */
static pil_exit_code start(compare_command *self)
{
    const pil_query_options *given = self->session->options;
    pil_error err = {0};
    for (size_t i = 0; i < PIL_N_WAYS; i++) {
        way *side = &self->ways[i];
        self->comparison.options[i] = given->compare[i];
        pil_status status =
            pil_compare_options_read(given, given->compare[i], &self->arena, &side->options, &err);
        if (status != PIL_OK) {
            pil_tell("%s", err.message);
            return status == PIL_INVALID_ARGUMENT ? PIL_EXIT_USAGE : pil_exit_code_of(status);
        }
        pil_exit_code code = pil_session_start(&side->session, &side->options);
        if (code != PIL_EXIT_DONE)
            return code;
    }
    return PIL_EXIT_DONE;
}

static pil_status measure_topics(compare_command *self, pil_error *err)
{
    const pil_session *const ways[PIL_N_WAYS] = {&self->ways[PIL_WAY_A].session,
                                                 &self->ways[PIL_WAY_B].session};
    const pil_topics *topics = &self->run.topics;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < topics->n_items && status == PIL_OK; i++) {
        pil_measures measures[PIL_N_WAYS];
        bool is_judged;
        status = pil_eval_run_topic(&self->run, &topics->items[i], ways, PIL_N_WAYS, measures,
                                    &is_judged, err);
        if (status == PIL_OK && is_judged)
            status = pil_comparison_add(&self->comparison, topics->items[i].id, measures, err);
    }
    return status;
}

static pil_status write(const compare_command *self, pil_error *err)
{
    const pil_comparison *comparison = &self->comparison;
    const pil_format_settings settings = pil_show_settings(self->session, NULL);
    switch (self->session->options->format) {
    case PIL_QUERY_JSON:
        return pil_comparison_json(stdout, comparison, err);
    case PIL_QUERY_CSV:
        return pil_comparison_table(stdout, ',', comparison, err);
    case PIL_QUERY_TSV:
        return pil_comparison_table(stdout, '\t', comparison, err);
    case PIL_QUERY_SVG:
        return pil_comparison_svg(stdout, comparison, err);
    default:
        return pil_comparison_text(&settings, comparison, err);
    }
}

static pil_exit_code run(compare_command *self)
{
    pil_error err = {0};
    pil_status status = measure_topics(self, &err);
    if (status == PIL_OK && self->run.n_topics > 0) {
        status = pil_comparison_finish(&self->comparison, &err);
        if (status == PIL_OK)
            status = write(self, &err);
    }
    if (status == PIL_OK)
        return pil_eval_run_tell_doubts(&self->run);
    if (status == PIL_DONE)
        return PIL_EXIT_DONE;
    return pil_session_fail(self->session, status, &err);
}

pil_exit_code pil_compare_command(pil_session *session)
{
    compare_command self = {.session = session};
    pil_exit_code code = start(&self);
    if (code == PIL_EXIT_DONE)
        code = pil_eval_run_open(&self.run, session);
    if (code == PIL_EXIT_DONE)
        code = run(&self);
    pil_eval_run_dispose(&self.run);
    pil_comparison_dispose(&self.comparison);
    for (size_t i = 0; i < PIL_N_WAYS; i++)
        pil_session_close(&self.ways[i].session);
    pil_arena_dispose(&self.arena);
    return code;
}
