#include "format.h"

#include "explanation.h"
#include "flow.h"
#include "output.h"
#include "place.h"
#include "style.h"

#include <stdlib.h>
#include <string.h>

enum {
    RANK_COLUMNS_MIN = 2,
    GAP_COLUMNS = 2,       /* between the rank and what stands right of it */
    TEXT_COLUMNS_MAX = 96, /* longer lines are hard to read */
    TEXT_COLUMNS_MIN = 10,
    PARAGRAPH_LINES_MAX = 12 /* longer paragraphs are trimmed */
};

typedef struct text_formatter {
    pil_formatter base;
    pil_output output;
    pil_flow flow;
    size_t rank_columns;
    size_t indent;    /* of all lines but the first of a hit */
    unsigned columns; /* for text right of the indent; 0: lines are not broken */
    bool is_first;    /* no hit has been written */
} text_formatter;

/* A paragraph to be laid out: a hit's own, or a neighbour's. */
typedef struct text_block {
    const char *text;
    size_t text_bytes;
    const pil_match_range *ranges;
    size_t n_ranges;
    pil_flow_keep keep;
    const char *style; /* of what is not a match */
    uint32_t number;   /* 0: not shown */
    size_t label_columns;
} text_block;

static void begin_style(text_formatter *self, const char *style)
{
    pil_style_begin(&self->output, self->base.settings.color, style);
}

static void end_style(text_formatter *self, const char *style)
{
    pil_style_end(&self->output, self->base.settings.color, style);
}

static void put_styled(text_formatter *self, const char *style, const char *text, size_t length)
{
    pil_style_put(&self->output, self->base.settings.color, style, text, length);
}

static size_t n_digits(uint32_t number)
{
    size_t n = 1;
    while (number >= 10) {
        number /= 10;
        n++;
    }
    return n;
}

/* " 1  articles/kfor.txt:12  <pilcrow>7  8.41" */
static pil_status put_head(text_formatter *self, const pil_hit *hit, pil_error *err)
{
    pil_output *output = &self->output;
    begin_style(self, PIL_STYLE_BOLD);
    pil_output_format(output, "%*u", (int)self->rank_columns, (unsigned)hit->rank);
    end_style(self, PIL_STYLE_BOLD);
    pil_output_spaces(output, GAP_COLUMNS);
    pil_status status = pil_place_put(output, &self->base.settings, hit, err);
    if (status != PIL_OK)
        return status;
    begin_style(self, PIL_STYLE_DIM);
    pil_output_format(output, "  \xC2\xB6%u", (unsigned)hit->paragraph);
    if (self->base.settings.is_ranked)
        pil_output_format(output, "  %.2f", hit->score);
    end_style(self, PIL_STYLE_DIM);
    pil_output_string(output, "\n");
    return PIL_OK;
}

/* Puts one line of the flow, [begin, end) of its text, with the matches in it. *next is the range
 * to look at first; it moves on. */
static void put_flow_line(text_formatter *self, const char *style, pil_flow_line line, size_t *next)
{
    const pil_flow *flow = &self->flow;
    const char *text = flow->text.bytes;
    size_t at = line.begin_byte;
    for (; *next < flow->n_ranges && flow->ranges[*next].begin < line.end_byte; (*next)++) {
        const pil_match_range *range = &flow->ranges[*next];
        size_t begin = range->begin > at ? range->begin : at;
        size_t end = range->end < line.end_byte ? range->end : line.end_byte;
        put_styled(self, style, text + at, begin - at);
        if (end > begin)
            put_styled(self, PIL_STYLE_MATCH, text + begin, end - begin);
        at = end > begin ? end : begin;
        if (range->end > line.end_byte)
            break;
    }
    put_styled(self, style, text + at, line.end_byte - at);
}

static void put_label(text_formatter *self, const text_block *block)
{
    begin_style(self, PIL_STYLE_DIM);
    pil_output_format(&self->output, "\xC2\xB6%u", (unsigned)block->number);
    end_style(self, PIL_STYLE_DIM);
    pil_output_spaces(&self->output, block->label_columns - 1 - n_digits(block->number));
}

/* Takes the block's text into the flow, laid out in lines when there is a width. */
static pil_status lay_out(text_formatter *self, const text_block *block)
{
    pil_flow *flow = &self->flow;
    pil_status status =
        pil_flow_set(flow, block->text, block->text_bytes, block->ranges, block->n_ranges);
    if (status != PIL_OK || self->columns == 0)
        return status;
    unsigned columns = self->columns > block->label_columns + TEXT_COLUMNS_MIN
                           ? self->columns - (unsigned)block->label_columns
                           : TEXT_COLUMNS_MIN;
    status = pil_flow_break(flow, columns);
    if (status == PIL_OK && !self->base.settings.is_whole)
        status = pil_flow_trim(flow, columns, (size_t)columns * PARAGRAPH_LINES_MAX, block->keep);
    return status == PIL_OK ? pil_flow_wrap(flow, columns) : status;
}

static pil_status put_block(text_formatter *self, const text_block *block, pil_error *err)
{
    pil_status status = lay_out(self, block);
    if (status != PIL_OK)
        return pil_error_set(err, status, "a paragraph cannot be laid out");
    const pil_flow_line whole = {0, self->flow.text.length};
    const pil_flow_line *lines = self->columns > 0 ? self->flow.lines : &whole;
    size_t n_lines = self->columns > 0 ? self->flow.n_lines : 1;
    for (size_t i = 0, next = 0; i < n_lines; i++) {
        pil_output_spaces(&self->output, self->indent);
        if (block->number > 0 && i == 0)
            put_label(self, block);
        else
            pil_output_spaces(&self->output, block->label_columns);
        put_flow_line(self, block->style, lines[i], &next);
        pil_output_string(&self->output, "\n");
    }
    return PIL_OK;
}

/* It stands below another paragraph of its article. */
static bool is_below(const pil_hit *hit)
{
    return hit->group_number > 1;
}

/* Title and heading path as one string that the caller frees; NULL when memory ran out. The
 * heading path often begins with the title, which is then said once, and below another paragraph of
 * the article not at all. */
static char *join_title(const pil_hit *hit)
{
    size_t title_length = strlen(hit->title);
    const char *rest = hit->heading + title_length;
    bool has_title = strncmp(hit->heading, hit->title, title_length) == 0 &&
                     (*rest == '\0' || strncmp(rest, " > ", 3) == 0);
    const char *title = has_title || is_below(hit) ? "" : hit->title;
    const char *heading = hit->heading;
    if (has_title && title_length > 0 && is_below(hit))
        heading = *rest == '\0' ? rest : rest + 3;
    const char *joint = *title != '\0' && *heading != '\0' ? " > " : "";
    size_t size = strlen(title) + strlen(joint) + strlen(heading) + 1;
    char *joined = malloc(size);
    if (joined != NULL)
        snprintf(joined, size, "%s%s%s", title, joint, heading);
    return joined;
}

/* Takes title and heading path into the flow, cut to leave date_columns of a line. */
static pil_status set_title(text_formatter *self, const pil_hit *hit, size_t date_columns)
{
    char *joined = join_title(hit);
    if (joined == NULL)
        return PIL_NO_MEMORY;
    pil_status status = pil_flow_set(&self->flow, joined, strlen(joined), NULL, 0);
    free(joined);
    if (status != PIL_OK || self->columns == 0)
        return status;
    unsigned columns = self->columns > date_columns + TEXT_COLUMNS_MIN
                           ? self->columns - (unsigned)date_columns
                           : TEXT_COLUMNS_MIN;
    status = pil_flow_break(&self->flow, columns);
    return status == PIL_OK ? pil_flow_shorten(&self->flow, columns) : status;
}

/* "    Title > Heading  [2023-11-22]"; no line when none of them is known. */
static pil_status put_title(text_formatter *self, const pil_hit *hit, pil_error *err)
{
    size_t date_length = is_below(hit) ? 0 : strlen(hit->date);
    size_t date_columns = date_length > 0 ? date_length + 2 + GAP_COLUMNS : 0;
    pil_status status = set_title(self, hit, date_columns);
    if (status != PIL_OK)
        return pil_error_set(err, status, "a title cannot be laid out");
    const pil_flow *flow = &self->flow;
    if (flow->text.length == 0 && date_length == 0)
        return PIL_OK;
    pil_output_spaces(&self->output, self->indent);
    put_styled(self, PIL_STYLE_BOLD, flow->text.bytes, flow->text.length);
    if (date_length > 0) {
        pil_output_spaces(&self->output, flow->text.length > 0 ? GAP_COLUMNS : 0);
        begin_style(self, PIL_STYLE_DIM);
        pil_output_string(&self->output, "[");
        pil_output_escaped(&self->output, hit->date, date_length);
        pil_output_string(&self->output, "]");
        end_style(self, PIL_STYLE_DIM);
    }
    pil_output_string(&self->output, "\n");
    return PIL_OK;
}

/* "lacks: dialogue, Kosovo" */
static void put_missing(text_formatter *self, const pil_hit *hit)
{
    const pil_format_settings *settings = &self->base.settings;
    bool is_first = true;
    for (size_t i = 0; i < hit->n_missing; i++) {
        if (hit->missing[i] >= settings->n_words)
            continue;
        const char *word = settings->words[hit->missing[i]];
        if (is_first) {
            pil_output_spaces(&self->output, self->indent);
            begin_style(self, PIL_STYLE_LACKS);
        }
        pil_output_string(&self->output, is_first ? "lacks: " : ", ");
        pil_output_escaped(&self->output, word, strlen(word));
        is_first = false;
    }
    if (is_first)
        return;
    end_style(self, PIL_STYLE_LACKS);
    pil_output_string(&self->output, "\n");
}

static void put_more(text_formatter *self, const pil_hit *hit)
{
    bool is_last = hit->group_number >= hit->group_size;
    if (!self->base.settings.is_grouped || hit->n_more_in_article == 0 || !is_last)
        return;
    pil_output_spaces(&self->output, self->indent);
    begin_style(self, PIL_STYLE_DIM);
    pil_output_format(&self->output, "+%u more in this article", (unsigned)hit->n_more_in_article);
    end_style(self, PIL_STYLE_DIM);
    pil_output_string(&self->output, "\n");
}

/* "+6 copies" */
static void put_copies(text_formatter *self, const pil_hit *hit)
{
    if (hit->n_copies == 0)
        return;
    pil_output_spaces(&self->output, self->indent);
    begin_style(self, PIL_STYLE_DIM);
    pil_output_format(&self->output, "+%zu %s", hit->n_copies,
                      hit->n_copies == 1 ? "copy" : "copies");
    end_style(self, PIL_STYLE_DIM);
    pil_output_string(&self->output, "\n");
}

static pil_status put_neighbours(text_formatter *self, const pil_neighbour *neighbours,
                                 size_t n_neighbours, pil_flow_keep keep, size_t label_columns,
                                 pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_neighbours && status == PIL_OK; i++) {
        const text_block block = {.text = neighbours[i].text,
                                  .text_bytes = neighbours[i].text_bytes,
                                  .keep = keep,
                                  .style = PIL_STYLE_DIM,
                                  .number = neighbours[i].number,
                                  .label_columns = label_columns};
        status = put_block(self, &block, err);
    }
    return status;
}

/* A remark on the section, beside its paragraphs. */
static void put_cut(text_formatter *self, bool is_cut, const char *remark, size_t label_columns)
{
    if (!is_cut)
        return;
    pil_output_spaces(&self->output, self->indent + label_columns);
    put_styled(self, PIL_STYLE_DIM, remark, strlen(remark));
    pil_output_string(&self->output, "\n");
}

static pil_status put_paragraphs(text_formatter *self, const pil_hit *hit, pil_error *err)
{
    bool has_neighbours = hit->n_before > 0 || hit->n_after > 0;
    uint32_t greatest = hit->n_after > 0 ? hit->after[hit->n_after - 1].number : hit->paragraph;
    size_t label_columns = has_neighbours ? 1 + n_digits(greatest) + GAP_COLUMNS : 0;
    const text_block block = {.text = hit->text,
                              .text_bytes = hit->text_bytes,
                              .ranges = hit->ranges,
                              .n_ranges = hit->n_ranges,
                              .keep = PIL_FLOW_KEEP_BEST,
                              .style = PIL_STYLE_PLAIN,
                              .number = has_neighbours ? hit->paragraph : 0,
                              .label_columns = label_columns};
    put_cut(self, hit->is_cut_before, "[the section begins further up]", label_columns);
    pil_status status =
        put_neighbours(self, hit->before, hit->n_before, PIL_FLOW_KEEP_END, label_columns, err);
    if (status == PIL_OK)
        status = put_block(self, &block, err);
    if (status == PIL_OK)
        status =
            put_neighbours(self, hit->after, hit->n_after, PIL_FLOW_KEEP_BEGIN, label_columns, err);
    put_cut(self, hit->is_cut_after, "[the section goes on]", label_columns);
    return status;
}

static pil_status text_begin(pil_formatter *formatter, pil_error *err)
{
    (void)formatter, (void)err;
    return PIL_OK;
}

/* The columns that ranks take, and with them the text. */
static void settle_columns(text_formatter *self)
{
    const pil_format_settings *settings = &self->base.settings;
    self->rank_columns = n_digits(settings->last_rank);
    if (self->rank_columns < RANK_COLUMNS_MIN)
        self->rank_columns = RANK_COLUMNS_MIN;
    self->indent = self->rank_columns + GAP_COLUMNS;
    if (settings->width > 0)
        self->columns = settings->width > self->indent + TEXT_COLUMNS_MIN
                            ? settings->width - (unsigned)self->indent
                            : TEXT_COLUMNS_MIN;
    if (self->columns > TEXT_COLUMNS_MAX)
        self->columns = TEXT_COLUMNS_MAX;
}

static pil_status text_topic(pil_formatter *formatter, pil_error *err)
{
    text_formatter *self = (text_formatter *)formatter;
    settle_columns(self);
    pil_output_string(&self->output, self->is_first ? "" : "\n");
    pil_style_topic(&self->output, &formatter->settings);
    self->is_first = false;
    return pil_output_flush(&self->output, err);
}

static pil_status text_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    text_formatter *self = (text_formatter *)formatter;
    if (!self->is_first && !is_below(hit))
        pil_output_string(&self->output, "\n");
    self->is_first = false;
    pil_status status = put_head(self, hit, err);
    if (status == PIL_OK)
        status = put_title(self, hit, err);
    if (status == PIL_OK)
        status = put_paragraphs(self, hit, err);
    if (status != PIL_OK)
        return status;
    put_missing(self, hit);
    put_copies(self, hit);
    put_more(self, hit);
    status = pil_explanation_put(&self->output, &formatter->settings, hit, self->indent, err);
    if (status != PIL_OK)
        return status;
    return pil_output_flush(&self->output, err);
}

static pil_status text_end(pil_formatter *formatter, pil_error *err)
{
    return pil_output_finish(&((text_formatter *)formatter)->output, err);
}

static void text_free(pil_formatter *formatter)
{
    text_formatter *self = (text_formatter *)formatter;
    pil_output_dispose(&self->output);
    pil_flow_dispose(&self->flow);
    free(self);
}

static const pil_formatter_vtable text_vtable = {text_begin, text_hit, text_end, text_free,
                                                 text_topic};

pil_formatter *pil_format_text_new(const pil_format_settings *settings)
{
    text_formatter *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (pil_formatter){.vtable = &text_vtable, .settings = *settings};
    self->is_first = true;
    settle_columns(self);
    pil_output_init(&self->output, settings->out);
    pil_flow_init(&self->flow);
    return &self->base;
}
