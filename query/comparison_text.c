#include "comparison_text.h"

#include "cli/terminal_text.h"
#include "output.h"
#include "style.h"

#include <math.h>
#include <string.h>
#include <uniwidth.h>

enum {
    TOPIC_COLUMNS_MIN = 12,
    TOPIC_COLUMNS_MAX = 40, /* a longer one moves only its own line */
    VALUE_COLUMNS = 9,
    GAP_COLUMNS = 2,
    HALF_COLUMNS_MIN = 4, /* of the bars on one side; below, there are none */
    HALF_COLUMNS_MAX = 40
};

typedef struct comparison_text {
    pil_output output;
    const pil_comparison *comparison;
    bool color;
    unsigned topic_columns;
    unsigned half_columns;  /* of the longest bar; 0: no bars */
    double greatest;        /* difference */
    size_t n_first, n_last; /* shown of the ranking: [0..n_first) and the last n_last */
} comparison_text;

/* ---- what there is room for ---- */

/* As it is shown. */
static unsigned width_of(comparison_text *self, const char *id)
{
    pil_buffer shown;
    pil_buffer_init(&shown, SIZE_MAX / 2);
    int width = 0;
    if (pil_terminal_escape(id, strlen(id), 0, &shown) == PIL_OK)
        width = u8_width((const uint8_t *)shown.bytes, shown.length, "UTF-8");
    else
        self->output.failed = PIL_NO_MEMORY;
    pil_buffer_dispose(&shown);
    return width < 0 ? 0 : (unsigned)width;
}

static const pil_compared_topic *ranked(const comparison_text *self, size_t rank)
{
    return &self->comparison->topics[self->comparison->ranking[rank]];
}

static bool is_shown(const comparison_text *self, size_t rank)
{
    return rank < self->n_first || rank >= self->comparison->n_ranked - self->n_last;
}

static size_t at_most(size_t n, size_t most)
{
    return n < most ? n : most;
}

static void measure(comparison_text *self, unsigned width)
{
    const size_t *n_wins = self->comparison->means[PIL_COMPARED_MEASURE].n_wins;
    self->n_first = at_most(n_wins[PIL_WAY_B], PIL_COMPARISON_MAX_SHOWN);
    self->n_last = at_most(n_wins[PIL_WAY_A], PIL_COMPARISON_MAX_SHOWN);
    self->topic_columns = TOPIC_COLUMNS_MIN;
    for (size_t i = 0; i < self->comparison->n_ranked; i++) {
        if (!is_shown(self, i))
            continue;
        unsigned columns = width_of(self, ranked(self, i)->id);
        if (columns > self->topic_columns && columns <= TOPIC_COLUMNS_MAX)
            self->topic_columns = columns;
        double difference = fabs(pil_compared_difference(ranked(self, i), PIL_COMPARED_MEASURE));
        if (difference > self->greatest)
            self->greatest = difference;
    }
    unsigned others = self->topic_columns + 3 * VALUE_COLUMNS + GAP_COLUMNS + 1;
    if (width >= others + 2 * HALF_COLUMNS_MIN)
        self->half_columns = (unsigned)at_most((width - others) / 2, HALF_COLUMNS_MAX);
}

/* ---- topics ---- */

static void put_times(comparison_text *self, const char *string, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        pil_output_string(&self->output, string);
}

/* A zero line with the bar on one of its sides; by half columns, of which the least difference has
 * one. */
static void put_bar(comparison_text *self, double difference)
{
    double share = fabs(difference) / self->greatest;
    unsigned n_halves = (unsigned)(share * self->half_columns * 2 + 0.5);
    n_halves = n_halves == 0 ? 1 : n_halves;
    unsigned n_columns = (n_halves + 1) / 2;
    pil_output_spaces(&self->output, GAP_COLUMNS);
    if (difference < 0) {
        pil_output_spaces(&self->output, self->half_columns - n_columns);
        put_times(self, "\xE2\x96\x90", n_halves % 2);
        put_times(self, "\xE2\x96\x88", n_halves / 2);
    } else {
        pil_output_spaces(&self->output, self->half_columns);
    }
    pil_output_string(&self->output, "\xE2\x94\x82");
    if (difference > 0) {
        put_times(self, "\xE2\x96\x88", n_halves / 2);
        put_times(self, "\xE2\x96\x8C", n_halves % 2);
    }
}

static void put_name(comparison_text *self, const char *name, unsigned columns)
{
    unsigned used = width_of(self, name);
    pil_output_escaped(&self->output, name, strlen(name));
    pil_output_spaces(&self->output, used < columns ? columns - used : 0);
}

static void put_values(comparison_text *self, const double ways[PIL_N_WAYS], double difference)
{
    pil_output_format(&self->output, "%*.4f%*.4f%+*.4f", VALUE_COLUMNS, ways[PIL_WAY_A],
                      VALUE_COLUMNS, ways[PIL_WAY_B], VALUE_COLUMNS, difference);
}

static void put_topic(comparison_text *self, const pil_compared_topic *topic)
{
    double ways[PIL_N_WAYS];
    double difference = pil_compared_difference(topic, PIL_COMPARED_MEASURE);
    for (size_t way = 0; way < PIL_N_WAYS; way++)
        ways[way] = topic->ways[way].values[PIL_COMPARED_MEASURE];
    put_name(self, topic->id, self->topic_columns);
    put_values(self, ways, difference);
    if (self->half_columns > 0)
        put_bar(self, difference);
    pil_output_string(&self->output, "\n");
}

/* How many topics of one side are left out; the first or last of the ranking among them, greatest,
 * differs most. */
static void put_rest(comparison_text *self, size_t n, const char *winner, size_t greatest)
{
    if (n == 0)
        return;
    double difference = pil_compared_difference(ranked(self, greatest), PIL_COMPARED_MEASURE);
    pil_output_format(&self->output, "more that %s wins, by %.4f or less: %zu\n", winner,
                      fabs(difference), n);
}

static void put_topics(comparison_text *self)
{
    const pil_comparison *comparison = self->comparison;
    const pil_compared_means *means = &comparison->means[PIL_COMPARED_MEASURE];
    size_t n_ranked = comparison->n_ranked, first_last = n_ranked - self->n_last;
    for (size_t i = 0; i < self->n_first; i++)
        put_topic(self, ranked(self, i));
    put_rest(self, means->n_wins[PIL_WAY_B] - self->n_first, "B", self->n_first);
    pil_output_format(&self->output, "equal: %zu\n", means->n_ties);
    put_rest(self, means->n_wins[PIL_WAY_A] - self->n_last, "A", first_last - 1);
    for (size_t i = first_last; i < n_ranked; i++)
        put_topic(self, ranked(self, i));
}

/* ---- means ---- */

static void put_change(comparison_text *self, const double ways[PIL_N_WAYS])
{
    double base = ways[PIL_WAY_A];
    if (base > 0)
        pil_output_format(&self->output, "%+*.1f%%", VALUE_COLUMNS - 1,
                          (ways[PIL_WAY_B] - base) / base * 100);
    else
        pil_output_format(&self->output, "%*s", VALUE_COLUMNS, "-");
}

static void put_p(comparison_text *self, double p)
{
    if (p < 0.0001)
        pil_output_format(&self->output, "%*s\n", VALUE_COLUMNS, "<0.0001");
    else
        pil_output_format(&self->output, "%*.4f\n", VALUE_COLUMNS, p);
}

static void put_means(comparison_text *self)
{
    for (size_t i = 0; i < PIL_N_MEASURES; i++) {
        const pil_compared_means *means = &self->comparison->means[i];
        put_name(self, pil_measure_titles[i], TOPIC_COLUMNS_MIN);
        put_values(self, means->ways, means->ways[PIL_WAY_B] - means->ways[PIL_WAY_A]);
        put_change(self, means->ways);
        pil_output_format(&self->output, "%8zu%8zu%7zu", means->n_wins[PIL_WAY_A],
                          means->n_wins[PIL_WAY_B], means->n_ties);
        put_p(self, means->test.p);
    }
}

/* ---- the whole ---- */

static void put_heading(comparison_text *self, const char *name, unsigned columns,
                        const char *others)
{
    pil_style_begin(&self->output, self->color, PIL_STYLE_BOLD);
    pil_output_format(&self->output, "%-*s%*s%*s%*s%s", (int)columns, name, VALUE_COLUMNS, "A",
                      VALUE_COLUMNS, "B", VALUE_COLUMNS, "B-A", others);
    pil_style_end(&self->output, self->color, PIL_STYLE_BOLD);
    pil_output_string(&self->output, "\n");
}

static void put_ways(comparison_text *self)
{
    static const char *const names[PIL_N_WAYS] = {"A", "B"};
    for (size_t way = 0; way < PIL_N_WAYS; way++) {
        const char *options = self->comparison->options[way];
        const char *shown = *options == '\0' ? "as given" : options;
        pil_output_format(&self->output, "%s: ", names[way]);
        pil_output_escaped(&self->output, shown, strlen(shown));
        pil_output_string(&self->output, "\n");
    }
    pil_output_format(&self->output, "topics: %zu\n\n", self->comparison->n_topics);
}

pil_status pil_comparison_text(const pil_format_settings *settings,
                               const pil_comparison *comparison, pil_error *err)
{
    comparison_text self = {.comparison = comparison, .color = settings->color};
    pil_output_init(&self.output, settings->out);
    measure(&self, settings->width);
    put_ways(&self);
    put_heading(&self, pil_measure_titles[PIL_COMPARED_MEASURE], self.topic_columns, "");
    put_topics(&self);
    pil_output_string(&self.output, "\n");
    put_heading(&self, "mean", TOPIC_COLUMNS_MIN, "   change  A wins  B wins   ties        p");
    put_means(&self);
    pil_output_string(&self.output, "\np: paired randomisation test, two-sided\n");
    pil_status status = pil_output_finish(&self.output, err);
    pil_output_dispose(&self.output);
    return status;
}
