#include "explanation.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "cli/terminal_text.h"
#include "style.h"

#include <string.h>

/* A word of the query is far below it. */
enum { CELL_MAX_BYTES = 1 << 20 };

#define WORD "word"
#define STEM "stem"

/* What a line is of beside a term of the text. */
static const char *const kinds[] = {
    [PIL_PART_TERM] = "",
    [PIL_PART_TITLE] = "(title)",
    [PIL_PART_FAMILIES] = "(families)",
    [PIL_PART_PROXIMITY] = "(proximity)",
    [PIL_PART_NEIGHBOURS] = "(neighbours)",
    [PIL_PART_SIMILARITY] = "(similarity)",
    [PIL_PART_RECENCY] = "(recency)",
    [PIL_PART_COPIES] = "(copies)",
};

/* The word or stem as it is shown, and its width in columns, taking each character for one. */
static pil_status read_cell(const char *text, pil_buffer *cell, size_t *columns, pil_error *err)
{
    pil_buffer_clear(cell);
    if (pil_terminal_escape(text, strlen(text), 0, cell) != PIL_OK)
        return pil_error_no_memory(err);
    *columns = pil_utf8_count(cell->bytes, cell->length);
    return PIL_OK;
}

static pil_status put_cell(pil_output *output, const char *text, size_t width, pil_buffer *cell,
                           pil_error *err)
{
    size_t columns = 0;
    pil_status status = read_cell(text, cell, &columns, err);
    if (status != PIL_OK)
        return status;
    pil_output_bytes(output, cell->bytes, cell->length);
    pil_output_spaces(output, (width > columns ? width - columns : 0) + 2);
    return PIL_OK;
}

static const char *word_of(const pil_format_settings *settings, const pil_score_part *part)
{
    return part->word < settings->n_words ? settings->words[part->word] : "";
}

static pil_status widen(const char *text, pil_buffer *cell, size_t *width, pil_error *err)
{
    size_t columns = 0;
    pil_status status = read_cell(text, cell, &columns, err);
    if (columns > *width)
        *width = columns;
    return status;
}

/* The stem, and where it stands. */
static pil_status read_stem(const pil_score_part *part, pil_buffer *stem, pil_error *err)
{
    pil_buffer_clear(stem);
    pil_status status = pil_buffer_append_string(stem, part->term);
    if (status == PIL_OK && stem->length > 0 && part->kind != PIL_PART_TERM)
        status = pil_buffer_append_byte(stem, ' ');
    if (status == PIL_OK)
        status = pil_buffer_append_string(stem, kinds[part->kind]);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

static pil_status put_part(pil_output *output, const pil_format_settings *settings,
                           const pil_score_part *part, size_t word_width, size_t stem_width,
                           pil_buffer *stem, pil_buffer *cell, pil_error *err)
{
    pil_status status = put_cell(output, word_of(settings, part), word_width, cell, err);
    if (status == PIL_OK)
        status = read_stem(part, stem, err);
    if (status == PIL_OK)
        status = put_cell(output, stem->bytes, stem_width, cell, err);
    if (status == PIL_OK && *part->term == '\0' && part->kind != PIL_PART_TERM)
        pil_output_format(output, "%48.2f\n", part->score);
    else
        pil_output_format(output, "%10u  %5.2f  %5u  %6.2f  %6.2f  %6.2f\n",
                          (unsigned)part->n_paragraphs, part->idf, (unsigned)part->n_times,
                          part->length, part->factor, part->score);
    return status;
}

static pil_status put_table(pil_output *output, const pil_format_settings *settings,
                            const pil_hit *hit, size_t indent, pil_buffer *stem, pil_buffer *cell,
                            pil_error *err)
{
    size_t word_width = strlen(WORD), stem_width = strlen(STEM);
    pil_status status = PIL_OK;
    double sum = 0;
    for (size_t i = 0; i < hit->n_parts && status == PIL_OK; i++) {
        status = widen(word_of(settings, &hit->parts[i]), cell, &word_width, err);
        if (status == PIL_OK)
            status = read_stem(&hit->parts[i], stem, err);
        if (status == PIL_OK)
            status = widen(stem->bytes, cell, &stem_width, err);
        sum += hit->parts[i].score;
    }
    pil_output_spaces(output, indent);
    pil_output_format(output, "%-*s  %-*s  paragraphs    idf  times  length  factor   score\n",
                      (int)word_width, WORD, (int)stem_width, STEM);
    for (size_t i = 0; i < hit->n_parts && status == PIL_OK; i++) {
        pil_output_spaces(output, indent);
        status =
            put_part(output, settings, &hit->parts[i], word_width, stem_width, stem, cell, err);
    }
    pil_output_spaces(output, indent);
    pil_output_format(output, "%-*s  %-*s  %48.2f\n", (int)word_width, "sum", (int)stem_width, "",
                      sum);
    return status;
}

pil_status pil_explanation_put(pil_output *output, const pil_format_settings *settings,
                               const pil_hit *hit, size_t indent, pil_error *err)
{
    pil_buffer stem, cell;
    if (hit->n_parts == 0)
        return PIL_OK;
    pil_buffer_init(&stem, CELL_MAX_BYTES);
    pil_buffer_init(&cell, CELL_MAX_BYTES);
    pil_style_begin(output, settings->color, PIL_STYLE_DIM);
    pil_status status = put_table(output, settings, hit, indent, &stem, &cell, err);
    pil_style_end(output, settings->color, PIL_STYLE_DIM);
    pil_buffer_dispose(&stem);
    pil_buffer_dispose(&cell);
    return status;
}
