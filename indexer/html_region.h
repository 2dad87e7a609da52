/* What part of a page an element begins, as far as its name, role, class and id tell. */
#ifndef INDEXER_HTML_REGION_H
#define INDEXER_HTML_REGION_H

typedef enum pil_html_region {
    PIL_REGION_NONE,
    PIL_REGION_SKIPPED, /* by its role no text: navigation, menus, search, dialogues */
    PIL_REGION_MAIN,
    PIL_REGION_ARTICLE,
    PIL_REGION_HEADER,
    PIL_REGION_FOOTER,
    PIL_REGION_ASIDE,
    PIL_REGION_NAMED,  /* class or id are those of menus, lists of related pages, bars to share */
    PIL_REGION_QUOTED, /* what a mail program quotes of another mail, or adds as a signature */
    PIL_REGION_CONSENT /* class or id are those of banners that ask for consent to cookies */
} pil_html_region;

/* element is in lower case; atts are libxml2's: names and values in turn, NULL at the end, or NULL.
 */
pil_html_region pil_html_region_of(const char *element, const char *const *atts);

#endif
