/* What of a web page is no part of its text: menus, banners, lists of other pages. docs/formats.md
 * has the rules. Link density, and its bound of a third, are those of Kohlschuetter, Fankhauser
 * and Nejdl, "Boilerplate Detection using Shallow Text Features", WSDM 2010. */
#ifndef INDEXER_HTML_BOILERPLATE_H
#define INDEXER_HTML_BOILERPLATE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a block stands on its page, and what of it are links. */
typedef struct pil_html_place {
    bool in_main, in_article, in_header, in_footer;
    bool in_edge;         /* header, footer or aside */
    bool in_consent;      /* its container asks for consent */
    bool in_quotation;    /* what a mail program quotes, or adds as a signature */
    uint32_t container;   /* the innermost one that is named as menus are, from 1; 0: none */
    uint32_t n_leading;   /* links that lead around on the page's site */
    size_t linked_bytes;  /* in links, those to places on the page aside */
    size_t leading_bytes; /* in those of n_leading */
} pil_html_place;

struct pil_html_extract;

/* Removes the blocks that are boilerplate, and closes up the text. When there is nothing else on
 * the page nothing is removed. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_html_drop_boilerplate(struct pil_html_extract *extract);

/* Takes the blocks out for which is_dropped[0..n_blocks) is true, and closes up the text. */
void pil_html_drop_blocks(struct pil_html_extract *extract, const bool *is_dropped);

#endif
