/* Word's documents: ECMA-376, parts 1 and 2 (Office Open XML). */
#include "docx_styles.h"
#include "office_text.h"
#include "xml_events.h"
#include "zip_members.h"

#include <stdlib.h>
#include <string.h>

#define DOCUMENT "word/document.xml"

typedef struct docx_reading {
    pil_office_text text;
    const pil_docx_styles *styles;
    size_t depth;
    size_t skipped_at; /* depth of the outermost element that is left out; 0: none */
    bool is_text;      /* in w:t */
    bool has_begun;    /* the paragraph at hand: its properties come before its text */
    int level;
    bool is_list_item;
} docx_reading;

/* What was deleted or moved away, and what is there a second time for old programs. */
static bool is_skipped(const char *name)
{
    return strcmp(name, "del") == 0 || strcmp(name, "moveFrom") == 0 ||
           strcmp(name, "Fallback") == 0;
}

/* Begins the paragraph when its first text comes. */
static pil_status add(docx_reading *run, const char *bytes, size_t length)
{
    pil_status status = PIL_OK;
    if (!run->has_begun)
        status = pil_office_begin_paragraph(&run->text, run->level, run->is_list_item);
    run->has_begun = true;
    return status == PIL_OK ? pil_office_add(&run->text, bytes, length) : status;
}

static void take_property(docx_reading *run, const char *name, const pil_xml_element *element)
{
    if (strcmp(name, "numPr") == 0)
        run->is_list_item = true;
    if (strcmp(name, "pStyle") != 0 && strcmp(name, "outlineLvl") != 0)
        return;
    char *value = pil_xml_attribute(element, "val");
    if (value != NULL && name[0] == 'p')
        run->level = pil_docx_styles_level(run->styles, value);
    else if (value != NULL && value[0] >= '0' && value[0] <= '8')
        run->level = value[0] - '0' + 1;
    free(value);
}

static pil_status on_start(void *context, const char *name, const pil_xml_element *element)
{
    docx_reading *run = context;
    run->depth++;
    if (run->skipped_at > 0)
        return PIL_OK;
    run->is_text = strcmp(name, "t") == 0;
    if (is_skipped(name))
        run->skipped_at = run->depth;
    else if (strcmp(name, "p") == 0)
        run->level = run->is_list_item = run->has_begun = 0;
    else if (strcmp(name, "tab") == 0 && run->has_begun)
        return add(run, "\t", 1);
    else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)
        return run->has_begun ? add(run, "\n", 1) : PIL_OK;
    else if (strcmp(name, "noBreakHyphen") == 0)
        return add(run, "-", 1);
    else if (strcmp(name, "tr") == 0)
        return pil_office_begin_row(&run->text);
    else if (strcmp(name, "tc") == 0)
        pil_office_begin_cell(&run->text);
    else
        take_property(run, name, element);
    return PIL_OK;
}

static pil_status on_end(void *context, const char *name)
{
    docx_reading *run = context;
    run->is_text = false;
    if (run->skipped_at == run->depth)
        run->skipped_at = 0;
    run->depth--;
    if (run->skipped_at > 0)
        return PIL_OK;
    if (strcmp(name, "p") == 0) {
        pil_office_end_paragraph(&run->text);
        run->has_begun = false;
    } else if (strcmp(name, "tr") == 0) {
        pil_office_end_row(&run->text);
    }
    return PIL_OK;
}

static pil_status on_text(void *context, const char *text, size_t length)
{
    docx_reading *run = context;
    return run->is_text && run->skipped_at == 0 ? add(run, text, length) : PIL_OK;
}

static pil_status read_part(const pil_zip_members *members, const char *name,
                            const pil_docx_styles *styles, pil_block_list *out, pil_error *err)
{
    const pil_buffer *xml = pil_zip_find(members, name);
    docx_reading run = {.text = {.out = out}, .styles = styles};
    const pil_xml_handler handler = {
        .start = on_start, .end = on_end, .text = on_text, .context = &run};
    if (xml == NULL)
        return PIL_OK;
    pil_status status = pil_xml_read(xml->bytes, xml->length, name, &handler, err);
    pil_block_list_close(out);
    return status;
}

static bool wants(const char *name)
{
    static const char *const names[] = {DOCUMENT, "word/styles.xml", "word/footnotes.xml",
                                        "word/endnotes.xml", "docProps/core.xml"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

static pil_status read_parts(pil_reading *reading, const pil_zip_members *members,
                             pil_block_list *blocks, pil_error *err)
{
    pil_docx_styles styles = {0};
    const pil_buffer *metadata = pil_zip_find(members, "docProps/core.xml");
    const pil_buffer *style_sheet = pil_zip_find(members, "word/styles.xml");
    pil_status status = PIL_OK;
    if (pil_zip_find(members, DOCUMENT) == NULL)
        return pil_error_set(err, PIL_BAD_INPUT, "not a docx: there is no " DOCUMENT " in it");
    if (style_sheet != NULL)
        status = pil_docx_styles_read(&styles, style_sheet->bytes, style_sheet->length, err);
    if (status == PIL_OK)
        status = read_part(members, DOCUMENT, &styles, blocks, err);
    if (status == PIL_OK)
        status = read_part(members, "word/footnotes.xml", &styles, blocks, err);
    if (status == PIL_OK)
        status = read_part(members, "word/endnotes.xml", &styles, blocks, err);
    if (status == PIL_OK && metadata != NULL)
        status = pil_office_read_metadata(reading, metadata->bytes, metadata->length, err);
    pil_docx_styles_dispose(&styles);
    return status;
}

pil_status pil_read_docx(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    pil_zip_members members = {0};
    pil_block_list blocks;
    pil_block_list_init(&blocks);
    pil_status status = pil_zip_read(&members, bytes, length, wants, "docx", err);
    if (status == PIL_OK)
        status = read_parts(reading, &members, &blocks, err);
    if (status == PIL_OK)
        status = pil_reading_deliver_blocks(reading, &blocks, bytes, length, err);
    pil_block_list_dispose(&blocks);
    pil_zip_dispose(&members);
    return status;
}
