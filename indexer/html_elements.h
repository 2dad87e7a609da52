/* What HTML's elements are to one who reads the page. */
#ifndef INDEXER_HTML_ELEMENTS_H
#define INDEXER_HTML_ELEMENTS_H

typedef enum pil_html_class {
    PIL_HTML_INLINE, /* all that are not in the table */
    PIL_HTML_BLOCK,
    PIL_HTML_SKIPPED,
    PIL_HTML_SKIPPED_BLOCK,
    PIL_HTML_HEADING,
    PIL_HTML_LIST,
    PIL_HTML_ITEM,
    PIL_HTML_PRE,
    PIL_HTML_TABLE,
    PIL_HTML_ROW,
    PIL_HTML_CELL,
    PIL_HTML_BREAK,
    PIL_HTML_TITLE,
    PIL_HTML_METADATA
} pil_html_class;

/* name is in lower case, as libxml2 gives it. */
pil_html_class pil_html_class_of(const char *name);

#endif
