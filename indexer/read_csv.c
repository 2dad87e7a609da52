/* Tables as text: RFC 4180 and what is like it, by libcsv. Each row is an article. */
#include "read_internal.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { COLUMNS_MAX = 1000, ID_MAX_BYTES = 1024 };

/* What a column is for, when it is not a field of the metadata. */
enum { COLUMN_NONE = PIL_FIELDS, COLUMN_TEXT, COLUMN_ID };

typedef struct csv_reading {
    pil_reading *reading;
    struct csv_parser parser;
    int *columns; /* [0..n_columns): pil_read_field, or one of the above */
    size_t n_columns;
    bool has_text, is_behind_header;
    size_t column;   /* of the next field */
    pil_buffer text; /* of the row at hand */
    char id[ID_MAX_BYTES + 1];
    uint32_t line, row_line; /* the line at hand; where the row began */
    const char *row_begin, *row_end;
    size_t n_rows;
    pil_status status;
    pil_error *err;
} csv_reading;

/* ---- the first row ---- */

static int column_named(const csv_reading *run, const char *name)
{
    static const char *const texts[] = {"text", "body", "content", "paragraph"};
    const char *wanted = run->reading->options.text_column;
    if (wanted != NULL)
        return strcasecmp(name, wanted) == 0 ? COLUMN_TEXT
               : strcasecmp(name, "id") == 0 ? COLUMN_ID
                                             : (int)pil_read_field_of(name);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcasecmp(name, texts[i]) == 0)
            return COLUMN_TEXT;
    }
    return strcasecmp(name, "id") == 0 ? COLUMN_ID : (int)pil_read_field_of(name);
}

static void take_name(csv_reading *run, const char *name)
{
    if (run->n_columns == COLUMNS_MAX)
        return;
    int *grown = realloc(run->columns, (run->n_columns + 1) * sizeof *grown);
    if (grown == NULL) {
        run->status = PIL_NO_MEMORY;
        return;
    }
    run->columns = grown;
    int column = column_named(run, name);
    /* The first of several. */
    if (column == COLUMN_TEXT && run->has_text)
        column = COLUMN_NONE;
    run->has_text |= column == COLUMN_TEXT;
    run->columns[run->n_columns++] = column;
}

/* ---- the others ---- */

static pil_status take_id(csv_reading *run, const char *value, size_t length)
{
    if (length > ID_MAX_BYTES)
        length = 0;
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)value[i] < ' ' || value[i] == 0x7F)
            length = 0;
    }
    memcpy(run->id, value, length);
    run->id[length] = '\0';
    return PIL_OK;
}

static pil_status take_value(csv_reading *run, const char *value, size_t length)
{
    int column = run->column < run->n_columns ? run->columns[run->column] : COLUMN_NONE;
    if (column == COLUMN_TEXT)
        return pil_buffer_append(&run->text, value, length);
    if (column == COLUMN_ID)
        return take_id(run, value, length);
    return column == COLUMN_NONE
               ? PIL_OK
               : pil_reading_add(run->reading, (pil_read_field)column, value, length);
}

static void on_field(void *field, size_t length, void *context)
{
    csv_reading *run = context;
    const char *value = field == NULL ? "" : field;
    if (run->status == PIL_OK && !run->is_behind_header)
        take_name(run, value);
    else if (run->status == PIL_OK)
        run->status = take_value(run, value, length);
    run->column++;
}

static pil_status deliver(csv_reading *run)
{
    pil_paragraphs *paragraphs = &run->reading->paragraphs;
    pil_status status =
        pil_paragraphs_from_text(paragraphs, run->text.bytes, run->text.length, 0, 1, run->err);
    if (status != PIL_OK)
        return status;
    for (size_t i = 0; i < paragraphs->n_items; i++)
        paragraphs->items[i].line = run->row_line;
    pil_article article = {.record_id = run->id[0] == '\0' ? NULL : run->id,
                           .record_line = run->row_line,
                           .raw = run->row_begin,
                           .raw_bytes = (size_t)(run->row_end - run->row_begin)};
    run->n_rows++;
    return pil_reading_deliver(run->reading, &article, run->err);
}

static void on_row(int end, void *context)
{
    csv_reading *run = context;
    (void)end;
    if (run->status != PIL_OK || run->column == 0)
        return;
    if (run->is_behind_header)
        run->status = deliver(run);
    run->is_behind_header = true;
    run->column = 0;
    run->id[0] = '\0';
    pil_buffer_clear(&run->text);
}

/* ---- the file ---- */

/* What sets the names of the first line apart most often. */
static unsigned char find_delimiter(const char *text, size_t length)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    size_t counts[sizeof delimiters] = {0}, best = 0;
    for (size_t at = 0; at < length && text[at] != '\n'; at++) {
        for (size_t i = 0; i < sizeof delimiters; i++)
            counts[i] += text[at] == delimiters[i];
    }
    for (size_t i = 1; i < sizeof delimiters; i++)
        best = counts[i] > counts[best] ? i : best;
    return (unsigned char)delimiters[best];
}

/* The length of a line with its end: LF, CR LF or CR, all of which end a row. */
static size_t line_length(const char *text, size_t length)
{
    size_t n = 0;
    while (n < length && text[n] != '\n' && text[n] != '\r')
        n++;
    if (n == length)
        return n;
    return n + (text[n] == '\r' && n + 1 < length && text[n + 1] == '\n' ? 2 : 1);
}

/* Line by line, so that it is known where a row begins. */
static void parse(csv_reading *run, const char *text, size_t length)
{
    run->row_begin = text;
    for (size_t at = 0; at < length && run->status == PIL_OK;) {
        size_t n = line_length(text + at, length - at);
        size_t rows_before = run->n_rows;
        run->line++;
        run->row_end = text + at + n;
        if (csv_parse(&run->parser, text + at, n, on_field, on_row, run) != n)
            run->status = PIL_NO_MEMORY;
        at += n;
        if (run->n_rows != rows_before || run->column == 0) {
            run->row_begin = text + at;
            run->row_line = run->line + 1;
        }
    }
    if (run->status == PIL_OK && csv_fini(&run->parser, on_field, on_row, run) != 0)
        run->status = PIL_NO_MEMORY;
}

static pil_status check(csv_reading *run)
{
    const char *wanted = run->reading->options.text_column;
    if (run->status == PIL_NO_MEMORY)
        return pil_error_no_memory(run->err);
    if (run->status != PIL_OK || run->has_text)
        return run->status;
    if (wanted != NULL)
        return pil_error_set(run->err, PIL_BAD_INPUT,
                             "no column of its first row is named %.100s, as --text-column says",
                             wanted);
    return pil_error_set(run->err, PIL_BAD_INPUT,
                         "no column of its first row is named text, body, content or paragraph: "
                         "name the one that holds the text with --text-column");
}

pil_status pil_read_csv(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    pil_read_input input;
    csv_reading run = {.reading = reading, .row_line = 1, .err = err};
    pil_buffer_init(&run.text, SIZE_MAX - 1);
    reading->options.file_name = NULL; /* it is that of many articles */
    pil_status status = pil_read_input_open(&input, bytes, length, err);
    if (status == PIL_OK)
        status = pil_read_input_mend(&input, err);
    if (status == PIL_OK && csv_init(&run.parser, CSV_APPEND_NULL) != 0)
        status = pil_error_no_memory(err);
    if (status == PIL_OK) {
        const char *text = input.text + input.begin;
        csv_set_delim(&run.parser, find_delimiter(text, input.length - input.begin));
        parse(&run, text, input.length - input.begin);
        status = check(&run);
        csv_free(&run.parser);
    }
    if (status == PIL_OK)
        pil_reading_note_replaced(reading, 0, input.n_replaced);
    pil_read_input_dispose(&input);
    pil_buffer_dispose(&run.text);
    free(run.columns);
    return status;
}
