#include "docx_styles.h"

#include "xml_events.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { STYLES_MAX = 10000, CHAIN_MAX = 10 };

/* A copy in the arena of what is freed; NULL when there is none or memory ran out. */
static const char *keep(pil_docx_styles *styles, char *value)
{
    const char *copy = value == NULL ? NULL : pil_arena_copy(&styles->arena, value, strlen(value));
    free(value);
    return copy;
}

static pil_status add_style(pil_docx_styles *styles, const pil_xml_element *element)
{
    if (styles->n_items == STYLES_MAX)
        return PIL_OK;
    if (styles->n_items == styles->capacity) {
        size_t capacity = styles->capacity == 0 ? 32 : styles->capacity * 2;
        pil_docx_style *grown = realloc(styles->items, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        styles->items = grown;
        styles->capacity = capacity;
    }
    const char *id = keep(styles, pil_xml_attribute(element, "styleId"));
    styles->items[styles->n_items++] = (pil_docx_style){.id = id == NULL ? "" : id};
    return PIL_OK;
}

static pil_status on_start(void *context, const char *name, const pil_xml_element *element)
{
    pil_docx_styles *styles = context;
    if (strcmp(name, "style") == 0)
        return add_style(styles, element);
    if (styles->n_items == 0)
        return PIL_OK;
    pil_docx_style *style = &styles->items[styles->n_items - 1];
    if (strcmp(name, "basedOn") == 0) {
        style->based_on = keep(styles, pil_xml_attribute(element, "val"));
    } else if (strcmp(name, "name") == 0) {
        char *value = pil_xml_attribute(element, "val");
        if (value != NULL && strncasecmp(value, "heading ", 8) == 0 && value[8] >= '1' &&
            value[8] <= '9' && value[9] == '\0')
            style->level = value[8] - '0';
        else if (value != NULL && strcasecmp(value, "title") == 0)
            style->level = 1;
        free(value);
    } else if (strcmp(name, "outlineLvl") == 0) {
        char *value = pil_xml_attribute(element, "val");
        if (value != NULL && value[0] >= '0' && value[0] <= '8')
            style->level = value[0] - '0' + 1;
        free(value);
    }
    return PIL_OK;
}

pil_status pil_docx_styles_read(pil_docx_styles *styles, const char *xml, size_t length,
                                pil_error *err)
{
    const pil_xml_handler handler = {.start = on_start, .context = styles};
    return pil_xml_read(xml, length, "word/styles.xml", &handler, err);
}

static const pil_docx_style *find(const pil_docx_styles *styles, const char *id)
{
    for (size_t i = 0; id != NULL && i < styles->n_items; i++) {
        if (strcmp(styles->items[i].id, id) == 0)
            return &styles->items[i];
    }
    return NULL;
}

int pil_docx_styles_level(const pil_docx_styles *styles, const char *id)
{
    /* A chain of styles may be a loop. */
    for (int i = 0; i < CHAIN_MAX; i++) {
        const pil_docx_style *style = find(styles, id);
        if (style == NULL)
            return 0;
        if (style->level > 0)
            return style->level;
        id = style->based_on;
    }
    return 0;
}

void pil_docx_styles_dispose(pil_docx_styles *styles)
{
    free(styles->items);
    pil_arena_dispose(&styles->arena);
}
