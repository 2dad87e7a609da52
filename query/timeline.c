#include "timeline.h"

#include "output.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    N_YEARS = 10000,
    YEAR_COLUMNS = 4,
    GAP_COLUMNS = 2,
    BAR_COLUMNS_MIN = 4,
    BAR_COLUMNS_MAX = 72, /* longer ones are no clearer */
    EIGHTHS = 8           /* of a column: as fine as block characters are */
};

typedef struct timeline {
    pil_output output;
    uint64_t *counts; /* [0..N_YEARS) */
    int first, last;  /* years with any; last < first: none */
    uint64_t greatest;
    int count_columns;
    unsigned bar_columns; /* of the greatest; 0: no bars */
} timeline;

static void take_counts(timeline *self, const pil_facet *years)
{
    self->first = N_YEARS;
    self->last = -1;
    for (size_t i = 0; i < years->n_values; i++) {
        int year = pil_facet_year(years->values[i].value);
        if (year < 0 || year >= N_YEARS)
            continue;
        self->counts[year] = years->values[i].n_paragraphs;
        self->first = year < self->first ? year : self->first;
        self->last = year > self->last ? year : self->last;
        if (self->counts[year] > self->greatest)
            self->greatest = self->counts[year];
    }
}

static void measure(timeline *self, unsigned width)
{
    self->count_columns = snprintf(NULL, 0, "%" PRIu64, self->greatest);
    if (width == 0)
        return;
    unsigned others = YEAR_COLUMNS + 2 * GAP_COLUMNS + (unsigned)self->count_columns;
    self->bar_columns = width > others + BAR_COLUMNS_MIN ? width - others : BAR_COLUMNS_MIN;
    if (self->bar_columns > BAR_COLUMNS_MAX)
        self->bar_columns = BAR_COLUMNS_MAX;
}

/* One of some paragraphs is at least a thin line; the last block is one to seven eighths wide. */
static void put_bar(timeline *self, uint64_t count)
{
    static const char *const parts[EIGHTHS] = {"",
                                               "\xE2\x96\x8F",
                                               "\xE2\x96\x8E",
                                               "\xE2\x96\x8D",
                                               "\xE2\x96\x8C",
                                               "\xE2\x96\x8B",
                                               "\xE2\x96\x8A",
                                               "\xE2\x96\x89"};
    double share = (double)count / (double)self->greatest;
    unsigned n_eighths = (unsigned)(share * self->bar_columns * EIGHTHS + 0.5);
    if (n_eighths == 0 && count > 0)
        n_eighths = 1;
    for (unsigned i = 0; i < n_eighths / EIGHTHS; i++)
        pil_output_string(&self->output, "\xE2\x96\x88");
    pil_output_string(&self->output, parts[n_eighths % EIGHTHS]);
    if (n_eighths > 0)
        pil_output_spaces(&self->output, GAP_COLUMNS);
}

static void put_year(timeline *self, int year)
{
    pil_output_format(&self->output, "%04d", year);
    pil_output_spaces(&self->output, GAP_COLUMNS);
    if (self->bar_columns > 0) {
        put_bar(self, self->counts[year]);
        pil_output_format(&self->output, "%" PRIu64 "\n", self->counts[year]);
    } else {
        pil_output_format(&self->output, "%*" PRIu64 "\n", self->count_columns, self->counts[year]);
    }
}

/* The first year from year on that has any; there is one. */
static int next_year(const timeline *self, int year)
{
    while (self->counts[year] == 0)
        year++;
    return year;
}

static pil_status put_years(timeline *self, pil_error *err)
{
    pil_status status = PIL_OK;
    for (int year = self->first; year <= self->last && status == PIL_OK;) {
        int next = next_year(self, year);
        if (next - year > PIL_TIMELINE_MAX_EMPTY) {
            pil_output_format(&self->output, "      none from %04d to %04d\n", year, next - 1);
            year = next;
        }
        put_year(self, year++);
        status = pil_output_flush(&self->output, err);
    }
    return status;
}

static pil_status put_all(timeline *self, const pil_format_settings *settings,
                          const pil_facet *years, pil_error *err)
{
    take_counts(self, years);
    measure(self, settings->width);
    if (self->last >= self->first || years->n_unknown > 0)
        pil_output_format(&self->output, "%sparagraphs by year%s\n",
                          settings->color ? "\x1B[1m" : "", settings->color ? "\x1B[0m" : "");
    pil_status status = put_years(self, err);
    if (years->n_unknown > 0)
        pil_output_format(&self->output, "without a date: %" PRIu64 "\n", years->n_unknown);
    return status == PIL_OK ? pil_output_finish(&self->output, err) : status;
}

pil_status pil_timeline_text(const pil_format_settings *settings, const pil_facet *years,
                             pil_error *err)
{
    timeline self = {.counts = calloc(N_YEARS, sizeof *self.counts)};
    if (self.counts == NULL)
        return pil_error_no_memory(err);
    pil_output_init(&self.output, settings->out);
    pil_status status = put_all(&self, settings, years, err);
    pil_output_dispose(&self.output);
    free(self.counts);
    return status;
}
