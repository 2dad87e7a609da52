/* OpenDocument texts: ISO/IEC 26300. */
#include "office_text.h"
#include "xml_events.h"
#include "zip_members.h"

#include <stdlib.h>
#include <string.h>

enum { SPACES_MAX = 100 };

/* The text, or one of the notes in it. */
typedef struct odt_reading {
    pil_office_text body, notes;
    pil_office_text *text; /* the one at hand */
    size_t depth;
    size_t skipped_at, note_at; /* depths of the outermost such element; 0: in none */
    size_t n_lists;             /* open */
    size_t paragraph_depth;     /* open paragraphs, one in another */
    bool is_in_text;            /* in office:text */
} odt_reading;

static bool is_skipped(const char *name)
{
    return strcmp(name, "annotation") == 0 || strcmp(name, "tracked-changes") == 0 ||
           strcmp(name, "note-citation") == 0 || strcmp(name, "desc") == 0 ||
           strcmp(name, "table-of-content") == 0 || strcmp(name, "sequence-decls") == 0;
}

static int number_of(const pil_xml_element *element, const char *name, int otherwise, int max)
{
    char *value = pil_xml_attribute(element, name);
    long number = value == NULL ? otherwise : strtol(value, NULL, 10);
    free(value);
    return number < 1 ? 1 : number > max ? max : (int)number;
}

static pil_status begin_paragraph(odt_reading *run, const char *name,
                                  const pil_xml_element *element)
{
    int level = name[0] == 'h' ? number_of(element, "outline-level", 1, 6) : 0;
    run->paragraph_depth++;
    return pil_office_begin_paragraph(run->text, level, run->n_lists > 0 && level == 0);
}

static pil_status add_spaces(odt_reading *run, const pil_xml_element *element)
{
    pil_status status = PIL_OK;
    for (int n = number_of(element, "c", 1, SPACES_MAX); n > 0 && status == PIL_OK; n--)
        status = pil_office_add(run->text, " ", 1);
    return status;
}

static pil_status on_start(void *context, const char *name, const pil_xml_element *element)
{
    odt_reading *run = context;
    run->depth++;
    if (run->skipped_at > 0)
        return PIL_OK;
    if (strcmp(name, "text") == 0)
        run->is_in_text = true;
    if (!run->is_in_text)
        return PIL_OK;
    if (is_skipped(name)) {
        run->skipped_at = run->depth;
    } else if (strcmp(name, "note") == 0 && run->note_at == 0) {
        run->note_at = run->depth;
        run->text = &run->notes;
    } else if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0) {
        return begin_paragraph(run, name, element);
    } else if (strcmp(name, "list") == 0) {
        run->n_lists++;
    } else if (strcmp(name, "table-row") == 0) {
        return pil_office_begin_row(run->text);
    } else if (strcmp(name, "table-cell") == 0) {
        pil_office_begin_cell(run->text);
    } else if (strcmp(name, "s") == 0) {
        return add_spaces(run, element);
    } else if (strcmp(name, "tab") == 0) {
        return pil_office_add(run->text, "\t", 1);
    } else if (strcmp(name, "line-break") == 0) {
        return pil_office_add(run->text, "\n", 1);
    }
    return PIL_OK;
}

static pil_status on_end(void *context, const char *name)
{
    odt_reading *run = context;
    size_t depth = run->depth--;
    if (run->skipped_at > 0) {
        run->skipped_at = run->skipped_at == depth ? 0 : run->skipped_at;
        return PIL_OK;
    }
    if (!run->is_in_text)
        return PIL_OK;
    if (strcmp(name, "p") == 0 || strcmp(name, "h") == 0) {
        run->paragraph_depth -= run->paragraph_depth > 0;
        pil_office_end_paragraph(run->text);
    } else if (strcmp(name, "list") == 0) {
        run->n_lists -= run->n_lists > 0;
    } else if (strcmp(name, "table-row") == 0) {
        pil_office_end_row(run->text);
    } else if (run->note_at == depth) {
        run->note_at = 0;
        run->text = &run->body;
    } else if (strcmp(name, "text") == 0) {
        run->is_in_text = false;
    }
    return PIL_OK;
}

/* White space between words is one space, as in HTML; more is written as elements. */
static pil_status on_text(void *context, const char *text, size_t length)
{
    odt_reading *run = context;
    pil_status status = PIL_OK;
    if (run->skipped_at > 0 || !run->is_in_text || run->paragraph_depth == 0)
        return PIL_OK;
    for (size_t at = 0; at < length && status == PIL_OK;) {
        size_t n = strcspn(text + at, "\r\n\t");
        status = pil_office_add(run->text, text + at, n);
        at += n;
        size_t n_space = strspn(text + at, " \r\n\t");
        if (n_space > 0 && status == PIL_OK)
            status = pil_office_add(run->text, " ", 1);
        at += n_space;
    }
    return status;
}

static bool wants(const char *name)
{
    return strcmp(name, "content.xml") == 0 || strcmp(name, "meta.xml") == 0;
}

/* The notes come behind the text. */
static pil_status append_notes(pil_block_list *to, pil_block_list *notes)
{
    pil_status status = PIL_OK;
    pil_block_list_finish(notes);
    for (size_t i = 0; i < notes->n_items && status == PIL_OK; i++) {
        status = pil_block_list_open(to, notes->items[i].kind, notes->items[i].level, 0);
        if (status == PIL_OK)
            status = pil_block_list_add(to, notes->items[i].text, notes->items[i].length_bytes);
    }
    return status;
}

static pil_status read_content(const pil_buffer *xml, pil_block_list *blocks, pil_error *err)
{
    pil_block_list notes;
    pil_block_list_init(&notes);
    odt_reading run = {.body = {.out = blocks}, .notes = {.out = &notes}};
    run.text = &run.body;
    const pil_xml_handler handler = {
        .start = on_start, .end = on_end, .text = on_text, .context = &run};
    pil_status status = pil_xml_read(xml->bytes, xml->length, "content.xml", &handler, err);
    if (status == PIL_OK && append_notes(blocks, &notes) != PIL_OK)
        status = pil_error_no_memory(err);
    pil_block_list_dispose(&notes);
    return status;
}

pil_status pil_read_odt(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    pil_zip_members members = {0};
    pil_block_list blocks;
    pil_block_list_init(&blocks);
    pil_status status = pil_zip_read(&members, bytes, length, wants, "odt", err);
    const pil_buffer *content = pil_zip_find(&members, "content.xml");
    const pil_buffer *metadata = pil_zip_find(&members, "meta.xml");
    if (status == PIL_OK && content == NULL)
        status = pil_error_set(err, PIL_BAD_INPUT, "not an odt: there is no content.xml in it");
    if (status == PIL_OK)
        status = read_content(content, &blocks, err);
    if (status == PIL_OK && metadata != NULL)
        status = pil_office_read_metadata(reading, metadata->bytes, metadata->length, err);
    if (status == PIL_OK)
        status = pil_reading_deliver_blocks(reading, &blocks, bytes, length, err);
    pil_block_list_dispose(&blocks);
    pil_zip_dispose(&members);
    return status;
}
