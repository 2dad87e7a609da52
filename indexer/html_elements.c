#include "html_elements.h"

#include <stdlib.h>
#include <string.h>

typedef struct element {
    const char *name;
    pil_html_class class;
} element;

static const element elements[] = {
    /* in order of strcmp */
    {"address", PIL_HTML_BLOCK},
    {"article", PIL_HTML_BLOCK},
    {"aside", PIL_HTML_BLOCK},
    {"blockquote", PIL_HTML_BLOCK},
    {"body", PIL_HTML_BLOCK},
    {"br", PIL_HTML_BREAK},
    {"button", PIL_HTML_SKIPPED},
    {"canvas", PIL_HTML_SKIPPED},
    {"caption", PIL_HTML_BLOCK},
    {"center", PIL_HTML_BLOCK},
    {"dd", PIL_HTML_BLOCK},
    {"details", PIL_HTML_BLOCK},
    {"dialog", PIL_HTML_SKIPPED_BLOCK},
    {"dir", PIL_HTML_LIST},
    {"div", PIL_HTML_BLOCK},
    {"dl", PIL_HTML_BLOCK},
    {"dt", PIL_HTML_BLOCK},
    {"fieldset", PIL_HTML_BLOCK},
    {"figcaption", PIL_HTML_BLOCK},
    {"figure", PIL_HTML_BLOCK},
    {"footer", PIL_HTML_BLOCK},
    {"form", PIL_HTML_BLOCK},
    {"h1", PIL_HTML_HEADING},
    {"h2", PIL_HTML_HEADING},
    {"h3", PIL_HTML_HEADING},
    {"h4", PIL_HTML_HEADING},
    {"h5", PIL_HTML_HEADING},
    {"h6", PIL_HTML_HEADING},
    {"header", PIL_HTML_BLOCK},
    {"hgroup", PIL_HTML_BLOCK},
    {"hr", PIL_HTML_BLOCK},
    {"html", PIL_HTML_METADATA},
    {"iframe", PIL_HTML_SKIPPED_BLOCK},
    {"legend", PIL_HTML_BLOCK},
    {"li", PIL_HTML_ITEM},
    {"link", PIL_HTML_METADATA},
    {"listing", PIL_HTML_PRE},
    {"main", PIL_HTML_BLOCK},
    {"menu", PIL_HTML_LIST},
    {"meta", PIL_HTML_METADATA},
    {"nav", PIL_HTML_SKIPPED_BLOCK},
    {"noframes", PIL_HTML_SKIPPED},
    {"noscript", PIL_HTML_SKIPPED},
    {"object", PIL_HTML_SKIPPED},
    {"ol", PIL_HTML_LIST},
    {"p", PIL_HTML_BLOCK},
    {"plaintext", PIL_HTML_PRE},
    {"pre", PIL_HTML_PRE},
    {"script", PIL_HTML_SKIPPED},
    {"section", PIL_HTML_BLOCK},
    {"select", PIL_HTML_SKIPPED},
    {"style", PIL_HTML_SKIPPED},
    {"summary", PIL_HTML_BLOCK},
    {"svg", PIL_HTML_SKIPPED},
    {"table", PIL_HTML_TABLE},
    {"tbody", PIL_HTML_BLOCK},
    {"td", PIL_HTML_CELL},
    {"template", PIL_HTML_SKIPPED},
    {"textarea", PIL_HTML_SKIPPED},
    {"tfoot", PIL_HTML_BLOCK},
    {"th", PIL_HTML_CELL},
    {"thead", PIL_HTML_BLOCK},
    {"time", PIL_HTML_METADATA},
    {"title", PIL_HTML_TITLE},
    {"tr", PIL_HTML_ROW},
    {"ul", PIL_HTML_LIST},
    {"xmp", PIL_HTML_PRE},
};

static int compare_name(const void *name, const void *known)
{
    const element *e = known;
    return strcmp(name, e->name);
}

pil_html_class pil_html_class_of(const char *name)
{
    const element *found = bsearch(name, elements, sizeof elements / sizeof elements[0],
                                   sizeof elements[0], compare_name);
    return found == NULL ? PIL_HTML_INLINE : found->class;
}
