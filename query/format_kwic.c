/* A concordance: a line for each match, with the matches one below the other. */
#include "format.h"

#include "base/utf8.h"
#include "flow.h"
#include "output.h"
#include "place.h"
#include "style.h"

#include <stdlib.h>
#include <string.h>
#include <uniwidth.h>

typedef struct kwic_formatter {
    pil_formatter base;
    pil_output output;
    pil_flow flow;
    size_t widest_place; /* in columns */
    size_t place;        /* that of the hit at hand */
    bool is_first;       /* no topic has been written */
} kwic_formatter;

/* A stretch of a text, and the columns that it takes. */
typedef struct stretch {
    size_t begin_byte, end_byte;
    size_t n_columns;
} stretch;

/* The columns of the character at text[*at], moving *at behind it. */
static size_t take_columns(const pil_buffer *text, size_t *at)
{
    int columns = uc_width(pil_utf8_next(text->bytes, text->length, at, NULL), "UTF-8");
    return columns > 0 ? (size_t)columns : 0;
}

/* Up to max columns of text before end. What has no width stays with what it belongs to. */
static stretch before(const pil_buffer *text, size_t end, size_t max)
{
    stretch found = {end, end, 0};
    for (size_t begin = end; begin > 0;) {
        begin = pil_utf8_boundary(text->bytes, text->length, begin - 1);
        size_t behind = begin;
        size_t n_columns = take_columns(text, &behind);
        if (found.n_columns + n_columns > max)
            break;
        if (n_columns == 0)
            continue;
        found.n_columns += n_columns;
        found.begin_byte = begin;
    }
    return found;
}

/* Up to max columns of text behind begin. */
static stretch behind(const pil_buffer *text, size_t begin, size_t max)
{
    stretch found = {begin, begin, 0};
    for (size_t end = begin; end < text->length;) {
        found.n_columns += take_columns(text, &end);
        if (found.n_columns > max)
            break;
        found.end_byte = end;
    }
    while (found.end_byte > begin && text->bytes[found.end_byte - 1] == ' ')
        found.end_byte--;
    return found;
}

/* True when only ASCII space and punctuation is between two offsets. */
static bool is_gap(const pil_buffer *text, size_t begin, size_t end)
{
    for (size_t at = begin; at < end; at++) {
        unsigned char byte = (unsigned char)text->bytes[at];
        if (byte >= 0x80 || strchr(" ,.;:!?-'\"()/", byte) == NULL)
            return false;
    }
    return true;
}

/* The match that begins with range *next, which moves behind it: of a clause of several words, all
 * its words that stand side by side. */
static pil_match_range take_match(const kwic_formatter *self, size_t *next)
{
    const pil_format_settings *settings = &self->base.settings;
    const pil_flow *flow = &self->flow;
    pil_match_range match = flow->ranges[(*next)++];
    bool has_several =
        match.word < settings->n_words && strchr(settings->words[match.word], ' ') != NULL;
    for (; has_several && *next < flow->n_ranges; (*next)++) {
        const pil_match_range *range = &flow->ranges[*next];
        if (range->word != match.word || !is_gap(&flow->text, match.end, range->begin))
            break;
        match.end = range->end;
    }
    return match;
}

static pil_status put_line(kwic_formatter *self, const pil_hit *hit, const pil_match_range *range,
                           pil_error *err)
{
    const pil_format_settings *settings = &self->base.settings;
    const pil_buffer *text = &self->flow.text;
    stretch left = before(text, range->begin, settings->kwic_columns);
    stretch right = behind(text, range->end, settings->kwic_columns);
    size_t padding = self->widest_place > self->place ? self->widest_place - self->place : 0;
    pil_status status = pil_place_put(&self->output, settings, hit, err);
    if (status != PIL_OK)
        return status;
    pil_output_string(&self->output, ": ");
    pil_output_spaces(&self->output, padding + settings->kwic_columns - left.n_columns);
    pil_output_bytes(&self->output, text->bytes + left.begin_byte, left.end_byte - left.begin_byte);
    pil_style_put(&self->output, settings->color, PIL_STYLE_MATCH, text->bytes + range->begin,
                  range->end - range->begin);
    pil_output_bytes(&self->output, text->bytes + right.begin_byte,
                     right.end_byte - right.begin_byte);
    pil_output_string(&self->output, "\n");
    return PIL_OK;
}

/* The matches are to be in one column, so the widest place has to be known before. */
static pil_status kwic_begin(pil_formatter *formatter, pil_error *err)
{
    kwic_formatter *self = (kwic_formatter *)formatter;
    const pil_format_settings *settings = &formatter->settings;
    pil_status status = PIL_OK;
    self->widest_place = 0;
    for (size_t i = 0; i < settings->n_hits && status == PIL_OK; i++) {
        size_t n_columns = 0;
        if (settings->hits[i].n_ranges > 0)
            status = pil_place_columns(settings, &settings->hits[i], &n_columns, err);
        if (n_columns > self->widest_place)
            self->widest_place = n_columns;
    }
    return status;
}

static pil_status kwic_topic(pil_formatter *formatter, pil_error *err)
{
    kwic_formatter *self = (kwic_formatter *)formatter;
    pil_output_string(&self->output, self->is_first ? "" : "\n");
    pil_style_topic(&self->output, &formatter->settings);
    self->is_first = false;
    return kwic_begin(formatter, err);
}

static pil_status kwic_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    kwic_formatter *self = (kwic_formatter *)formatter;
    pil_flow *flow = &self->flow;
    pil_status status = pil_flow_set(flow, hit->text, hit->text_bytes, hit->ranges, hit->n_ranges);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    if (status != PIL_OK)
        return pil_error_set(err, status, "a paragraph cannot be laid out");
    status = pil_place_columns(&formatter->settings, hit, &self->place, err);
    for (size_t next = 0; next < flow->n_ranges && status == PIL_OK;) {
        pil_match_range match = take_match(self, &next);
        status = put_line(self, hit, &match, err);
    }
    return status == PIL_OK ? pil_output_flush(&self->output, err) : status;
}

static pil_status kwic_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((kwic_formatter *)formatter)->output, err);
}

static void kwic_free(pil_formatter *formatter)
{
    kwic_formatter *self = (kwic_formatter *)formatter;
    pil_output_dispose(&self->output);
    pil_flow_dispose(&self->flow);
    free(self);
}

pil_formatter *pil_format_kwic_new(const pil_format_settings *settings)
{
    static const pil_formatter_vtable vtable = {kwic_begin, kwic_hit, kwic_end, kwic_free,
                                                kwic_topic};
    kwic_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &vtable, .settings = *settings};
    self->is_first = true;
    pil_output_init(&self->output, settings->out);
    pil_flow_init(&self->flow);
    return &self->base;
}
