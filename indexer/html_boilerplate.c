#include "html_boilerplate.h"

#include "read_internal.h"

#include <stdlib.h>
#include <string.h>

/* In characters. A text of a menu, a caption or a notice is shorter than SHORT; one that asks for
 * consent is no longer than CONSENT; an entry in a list of links than ENTRY; the name and motto of
 * a site than HEADER. */
enum {
    SHORT_CHARACTERS = 160,
    CONSENT_CHARACTERS = 1000,
    ENTRY_CHARACTERS = 240,
    HEADER_CHARACTERS = 500,
    LINKS_MIN = 3
};

typedef struct container_sum {
    size_t n_characters;
    bool has_text; /* a block that is not short and not of links */
} container_sum;

typedef struct cleaning {
    pil_html_extract *page;
    bool *is_dropped;          /* by block */
    size_t *n_characters;      /* by block */
    container_sum *containers; /* by number */
    size_t n_in_header;        /* characters in headers that are not of links */
    bool has_title_in_header;
    bool is_of_site; /* it names a site, or has links that lead nowhere without one */
} cleaning;

static size_t count_characters(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

static const pil_html_place *place_of(const cleaning *run, size_t i)
{
    return &run->page->places[i];
}

/* The published bound: more than a third in links. */
static bool is_of_links(const cleaning *run, size_t i)
{
    return place_of(run, i)->linked_bytes * 3 > run->page->blocks[i].length_bytes;
}

static bool is_heading(const cleaning *run, size_t i)
{
    return run->page->blocks[i].kind == PIL_BLOCK_HEADING;
}

/* An entry in a list of other pages of the site: more than half of it leads there. */
static bool is_entry(const cleaning *run, size_t i)
{
    const pil_block *block = &run->page->blocks[i];
    return place_of(run, i)->leading_bytes * 2 > block->length_bytes &&
           run->n_characters[i] <= ENTRY_CHARACTERS && block->kind != PIL_BLOCK_VERBATIM;
}

static void measure(cleaning *run)
{
    for (size_t i = 0; i < run->page->n_blocks; i++) {
        const pil_block *block = &run->page->blocks[i];
        run->n_characters[i] =
            count_characters(run->page->text.bytes + block->begin_byte, block->length_bytes);
        container_sum *sum = &run->containers[place_of(run, i)->container];
        bool in_header = place_of(run, i)->in_header;
        run->has_title_in_header |= in_header && block->level == 1;
        run->n_in_header += in_header && !is_of_links(run, i) ? run->n_characters[i] : 0;
        sum->n_characters += run->n_characters[i];
        sum->has_text |= run->n_characters[i] > SHORT_CHARACTERS && !is_of_links(run, i);
    }
}

/* ---- main, or else the articles ---- */

typedef enum choice { ALL, MAIN, ARTICLES } choice;

static bool is_chosen(const pil_html_place *place, choice chosen)
{
    return chosen == ALL || (chosen == MAIN ? place->in_main : place->in_article);
}

/* Characters of running text in what is chosen. */
static size_t sum_text(const cleaning *run, choice chosen)
{
    size_t sum = 0;
    for (size_t i = 0; i < run->page->n_blocks; i++) {
        const pil_html_place *place = place_of(run, i);
        bool is_text = !run->is_dropped[i] && !is_of_links(run, i) &&
                       (!place->in_edge || place->in_main || place->in_article);
        sum += is_text && is_chosen(place, chosen) ? run->n_characters[i] : 0;
    }
    return sum;
}

/* What the page itself says is its content, when that has half of its running text or more. */
static void keep_content(cleaning *run)
{
    size_t all = sum_text(run, ALL), main = sum_text(run, MAIN), articles = sum_text(run, ARTICLES);
    if (!run->is_of_site)
        return;
    choice chosen = main > 0 && main * 2 >= all           ? MAIN
                    : articles > 0 && articles * 2 >= all ? ARTICLES
                                                          : ALL;
    for (size_t i = 0; i < run->page->n_blocks; i++)
        run->is_dropped[i] |= !is_chosen(place_of(run, i), chosen);
}

/* ---- block by block ---- */

/* Documents have their title in a header, or their contents; sites a name and a motto. */
static bool is_header_text(const cleaning *run)
{
    return run->has_title_in_header || run->n_in_header > HEADER_CHARACTERS;
}

static bool is_boilerplate(const cleaning *run, size_t i)
{
    const pil_html_place *place = place_of(run, i);
    bool is_linked = is_of_links(run, i);
    bool is_short = run->n_characters[i] <= SHORT_CHARACTERS;
    bool is_outside = !place->in_main && !place->in_article;
    const container_sum *sum = &run->containers[place->container];
    bool is_notice =
        (place->in_footer || (place->in_header && !is_header_text(run))) && is_outside && is_short;
    /* An aside of an article may be a part of it: it must lead around on the site. */
    bool is_list = is_outside ? is_linked : is_entry(run, i);
    if (run->is_of_site && place->in_edge && (is_list || is_notice))
        return true;
    if (place->container == 0 || (sum->has_text && !place->in_consent))
        return false;
    if (place->in_consent && sum->n_characters <= CONSENT_CHARACTERS)
        return true;
    return is_linked || (is_short && run->is_of_site);
}

static void drop_blocks(cleaning *run)
{
    for (size_t i = 0; i < run->page->n_blocks; i++)
        run->is_dropped[i] |= is_boilerplate(run, i);
}

/* ---- lists of links ---- */

/* The end of the run of entries that begins with block i, and what is in it. */
static size_t end_of_list(const cleaning *run, size_t i, size_t *n_links, size_t *n_characters)
{
    *n_links = *n_characters = 0;
    for (; i < run->page->n_blocks && is_entry(run, i); i++) {
        *n_links += place_of(run, i)->n_leading;
        *n_characters += run->n_characters[i];
    }
    return i;
}

/* Of a page whose running text is longer than they are. */
static void drop_lists(cleaning *run)
{
    size_t text = sum_text(run, ALL), n_links, n_characters;
    if (!run->is_of_site)
        return;
    for (size_t i = 0; i < run->page->n_blocks;) {
        size_t end = end_of_list(run, i, &n_links, &n_characters);
        bool is_list = n_links >= LINKS_MIN && n_characters < text;
        for (size_t k = i; k < end; k++)
            run->is_dropped[k] |= is_list;
        i = end > i ? end : i + 1;
    }
}

/* ---- headings ---- */

/* What stands between here and the next heading that is as high, for each level. */
typedef struct sections {
    bool has_kept[7], has_dropped[7];
} sections;

static void add_block(sections *behind, bool is_dropped)
{
    for (int level = 1; level <= 6; level++)
        (is_dropped ? behind->has_dropped : behind->has_kept)[level] = true;
}

static void begin_section(sections *behind, int level)
{
    for (; level <= 6; level++)
        behind->has_kept[level] = behind->has_dropped[level] = false;
}

/* Headings under which all was dropped go too; that of a menu has nothing under it but the menu. */
static void drop_headings(cleaning *run)
{
    sections page = {0}, part = {0}; /* of the part that is in an edge, or named */
    for (size_t i = run->page->n_blocks; i-- > 0;) {
        const pil_html_place *place = place_of(run, i);
        bool is_part = place->in_edge || place->container > 0;
        int level = is_heading(run, i) ? run->page->blocks[i].level : 0;
        sections *behind = is_part ? &part : &page;
        if (!is_part)
            part = (sections){0};
        if (level > 1 && !behind->has_kept[level] && behind->has_dropped[level])
            run->is_dropped[i] = true;
        bool is_alone = !behind->has_kept[level] && !behind->has_dropped[level];
        if (level == 0 || is_alone) { /* text, or a heading that stands for itself */
            add_block(&page, run->is_dropped[i]);
            if (is_part)
                add_block(&part, run->is_dropped[i]);
        }
        if (level > 0)
            begin_section(behind, level);
    }
}

/* ---- the whole ---- */

static bool has_kept_text(const cleaning *run)
{
    for (size_t i = 0; i < run->page->n_blocks; i++) {
        if (!run->is_dropped[i] && !is_heading(run, i))
            return true;
    }
    return false;
}

void pil_html_drop_blocks(pil_html_extract *page, const bool *is_dropped)
{
    char *text = page->text.bytes;
    size_t n_blocks = 0, length = 0;
    for (size_t i = 0; i < page->n_blocks; i++) {
        pil_block block = page->blocks[i];
        if (is_dropped[i])
            continue;
        if (n_blocks > 0) {
            memcpy(text + length, "\n\n", 2);
            length += 2;
        }
        memmove(text + length, text + block.begin_byte, block.length_bytes);
        block.begin_byte = length;
        block.end_byte = length += block.length_bytes;
        block.text = text + block.begin_byte;
        page->blocks[n_blocks++] = block;
    }
    page->n_blocks = n_blocks;
    pil_buffer_set_length(&page->text, length);
}

pil_status pil_html_drop_boilerplate(pil_html_extract *page)
{
    size_t n = page->n_blocks;
    cleaning run = {.page = page,
                    .is_of_site = (page->fields[PIL_FIELD_URL].length > 0 &&
                                   page->fields[PIL_FIELD_SOURCE].length > 0) ||
                                  page->n_site_links >= LINKS_MIN,
                    .is_dropped = calloc(n + 1, sizeof *run.is_dropped),
                    .n_characters = calloc(n + 1, sizeof *run.n_characters),
                    .containers = calloc((size_t)page->n_containers + 1, sizeof *run.containers)};
    bool is_ready = run.is_dropped != NULL && run.n_characters != NULL && run.containers != NULL;
    if (is_ready && n > 0) {
        measure(&run);
        drop_blocks(&run);
        keep_content(&run);
        drop_lists(&run);
        drop_headings(&run);
        if (has_kept_text(&run))
            pil_html_drop_blocks(page, run.is_dropped);
    }
    free(run.is_dropped);
    free(run.n_characters);
    free(run.containers);
    return is_ready ? PIL_OK : PIL_NO_MEMORY;
}
