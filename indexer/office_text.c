#include "office_text.h"

#include "xml_events.h"

#include <string.h>

/* ---- text ---- */

pil_status pil_office_begin_paragraph(pil_office_text *text, int level, bool is_list_item)
{
    if (text->row_depth > 0) {
        text->space_waits = !text->cell_waits;
        return PIL_OK;
    }
    text->is_open = true;
    pil_block_kind kind = level > 0      ? PIL_BLOCK_HEADING
                          : is_list_item ? PIL_BLOCK_LIST_ITEM
                                         : PIL_BLOCK_PARAGRAPH;
    pil_status status = pil_block_list_open(text->out, kind, level > 6 ? 6 : level, 0);
    if (status == PIL_OK && kind == PIL_BLOCK_LIST_ITEM)
        status = pil_block_list_add(text->out, "- ", 2);
    return status;
}

void pil_office_end_paragraph(pil_office_text *text)
{
    if (text->row_depth > 0)
        return;
    text->is_open = false;
    pil_block_list_close(text->out);
}

pil_status pil_office_begin_row(pil_office_text *text)
{
    if (text->row_depth++ > 0) {
        text->space_waits = true;
        return PIL_OK;
    }
    text->n_cells = 0;
    text->cell_waits = text->space_waits = false;
    return pil_block_list_open(text->out, PIL_BLOCK_LIST_ITEM, 0, 0);
}

void pil_office_begin_cell(pil_office_text *text)
{
    if (text->row_depth == 1)
        text->cell_waits = text->n_cells++ > 0;
    text->space_waits = text->row_depth > 1;
}

void pil_office_end_row(pil_office_text *text)
{
    if (text->row_depth > 0 && --text->row_depth == 0)
        pil_block_list_close(text->out);
}

pil_status pil_office_add(pil_office_text *text, const char *bytes, size_t length)
{
    pil_status status = PIL_OK;
    if (length == 0 || (text->row_depth == 0 && !text->is_open))
        return PIL_OK;
    if (text->row_depth > 0 && text->cell_waits)
        status = pil_block_list_add(text->out, " | ", 3);
    else if (text->row_depth > 0 && text->space_waits)
        status = pil_block_list_add(text->out, " ", 1);
    text->cell_waits = text->space_waits = false;
    return status == PIL_OK ? pil_block_list_add(text->out, bytes, length) : status;
}

/* ---- metadata ---- */

typedef struct metadata_reading {
    pil_reading *reading;
    pil_read_field field; /* whose element is open, or PIL_FIELDS */
    pil_buffer value;
} metadata_reading;

static pil_status on_start(void *context, const char *name, const pil_xml_element *element)
{
    static const struct {
        const char *name;
        pil_read_field field;
    } fields[] = {
        {"title", PIL_FIELD_TITLE},        {"initial-creator", PIL_FIELD_AUTHOR},
        {"creator", PIL_FIELD_AUTHOR},     {"created", PIL_FIELD_DATE},
        {"creation-date", PIL_FIELD_DATE}, {"date", PIL_FIELD_DATE},
        {"language", PIL_FIELD_LANGUAGE},  {"publisher", PIL_FIELD_SOURCE},
    };
    metadata_reading *run = context;
    (void)element;
    run->field = PIL_FIELDS;
    pil_buffer_clear(&run->value);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (strcmp(name, fields[i].name) == 0)
            run->field = fields[i].field;
    }
    return PIL_OK;
}

static pil_status on_text(void *context, const char *text, size_t length)
{
    metadata_reading *run = context;
    size_t room = run->value.max_length - run->value.length;
    return run->field == PIL_FIELDS || length > room ? PIL_OK
                                                     : pil_buffer_append(&run->value, text, length);
}

/* What comes first counts; several creators are several authors. */
static pil_status on_end(void *context, const char *name)
{
    metadata_reading *run = context;
    pil_read_field field = run->field;
    run->field = PIL_FIELDS;
    (void)name;
    if (field == PIL_FIELDS)
        return PIL_OK;
    if (field == PIL_FIELD_AUTHOR)
        return pil_reading_add(run->reading, field, run->value.bytes, run->value.length);
    if (run->reading->fields[field].length > 0)
        return PIL_OK;
    return pil_reading_set(run->reading, field, run->value.bytes, run->value.length);
}

pil_status pil_office_read_metadata(pil_reading *reading, const char *xml, size_t length,
                                    pil_error *err)
{
    metadata_reading run = {.reading = reading, .field = PIL_FIELDS};
    pil_buffer_init(&run.value, PIL_METADATA_MAX_BYTES);
    const pil_xml_handler handler = {
        .start = on_start, .end = on_end, .text = on_text, .context = &run};
    pil_status status = pil_xml_read(xml, length, "its metadata", &handler, err);
    pil_buffer_dispose(&run.value);
    return status;
}
