/* HTML as its reader sees it. libxml2 reports elements and text as it parses (SAX): there is no
 * tree, so that deep nesting costs a counter. */
#include "html_elements.h"
#include "html_region.h"
#include "read_internal.h"

#include "base/utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LISTS_NUMBERED = 32, HEAD_BYTES = 4096, RANK_OF_TITLE = 1, RANK_OF_H1 = 4 };
enum { REGIONS_MAX = 64 }; /* open at a time: those that are deeper are not told apart */
enum { ATTRIBUTES_MAX = 10000, JSON_LD_MAX_BYTES = 256 * 1024 };

typedef struct open_region {
    size_t depth;
    pil_html_region region;
    uint32_t container; /* its number, of one that is named */
} open_region;

/* Where the parser is. Depths count open elements; 0 means in none. */
typedef struct walk {
    pil_html_extract *extract;
    htmlParserCtxtPtr parser;
    pil_status status; /* the first failure: nothing is done after it */
    size_t depth;
    size_t skipped_at, title_at, pre_at; /* depth of the outermost such element */
    bool is_json_ld;                     /* in a script of it, which is skipped */
    pil_buffer json_ld;
    size_t n_items_open;
    int heading_level;
    bool in_row;
    size_t n_lists;                   /* open; those deeper than the array are not numbered */
    int next_numbers[LISTS_NUMBERED]; /* 0: not numbered */
    bool is_open;                     /* a block, extract->blocks[n_blocks], has begun */
    pil_block block;
    pil_html_place place; /* of the block */
    open_region regions[REGIONS_MAX];
    size_t n_regions;
    size_t link_at, link_begin; /* depth of the outermost link to elsewhere, and where it begins */
    bool link_leads;
    bool space_waits, cell_waits, mark_waits;
    unsigned breaks_wait;
    pil_buffer title;
} walk;

static void append(walk *w, const char *bytes, size_t length)
{
    if (w->status == PIL_OK)
        w->status = pil_buffer_append(&w->extract->text, bytes, length);
}

/* --- blocks --- */

static bool grow(pil_html_extract *e, size_t capacity)
{
    if (capacity > SIZE_MAX / (sizeof *e->blocks + sizeof *e->places))
        return false;
    pil_block *blocks = realloc(e->blocks, capacity * sizeof *blocks);
    if (blocks != NULL)
        e->blocks = blocks;
    pil_html_place *places = realloc(e->places, capacity * sizeof *places);
    if (places != NULL)
        e->places = places;
    return blocks != NULL && places != NULL;
}

/* Where the block that begins stands. */
static pil_html_place find_place(const walk *w)
{
    pil_html_place place = {0};
    for (size_t i = 0; i < w->n_regions; i++) {
        pil_html_region region = w->regions[i].region;
        place.in_main |= region == PIL_REGION_MAIN;
        place.in_quotation |= region == PIL_REGION_QUOTED;
        place.in_article |= region == PIL_REGION_ARTICLE;
        place.in_header |= region == PIL_REGION_HEADER && !place.in_main && !place.in_article;
        place.in_footer |= region == PIL_REGION_FOOTER;
        /* The header of an article, or of what is main, has its title and its authors. */
        place.in_edge |=
            place.in_header || region == PIL_REGION_FOOTER || region == PIL_REGION_ASIDE;
        if (w->regions[i].container > 0) {
            place.container = w->regions[i].container;
            place.in_consent = region == PIL_REGION_CONSENT;
        }
    }
    return place;
}

/* Counts what of the block is in the link that is open, up to here. */
static void count_link(walk *w)
{
    size_t begin = w->link_begin > w->block.begin_byte ? w->link_begin : w->block.begin_byte;
    size_t end = w->extract->text.length;
    w->link_begin = end;
    if (!w->is_open || begin >= end)
        return;
    w->place.linked_bytes += end - begin;
    if (w->link_leads) {
        w->place.leading_bytes += end - begin;
        w->place.n_leading++;
    }
}

static void keep_block(walk *w)
{
    pil_html_extract *e = w->extract;
    if (e->n_blocks == e->capacity) {
        size_t capacity = e->capacity == 0 ? 64 : e->capacity * 2;
        if (!grow(e, capacity)) {
            w->status = PIL_NO_MEMORY;
            return;
        }
        e->capacity = capacity;
    }
    e->places[e->n_blocks] = w->place;
    e->blocks[e->n_blocks++] = w->block;
    if (w->block.kind == PIL_BLOCK_HEADING && w->block.level == 1)
        w->status =
            pil_html_metadata_set(e, PIL_FIELD_TITLE, RANK_OF_H1,
                                  e->text.bytes + w->block.begin_byte, w->block.length_bytes);
}

static void close_block(walk *w)
{
    w->space_waits = w->cell_waits = false;
    w->breaks_wait = 0;
    if (!w->is_open)
        return;
    if (w->link_at > 0)
        count_link(w);
    w->is_open = false;
    w->block.end_byte = w->extract->text.length;
    w->block.length_bytes = w->block.end_byte - w->block.begin_byte;
    if (w->status == PIL_OK)
        keep_block(w);
}

/* "- " or "3. " before the first text of a list item. */
static void append_mark(walk *w)
{
    char mark[16] = "- ";
    int *number =
        w->n_lists > 0 && w->n_lists <= LISTS_NUMBERED ? &w->next_numbers[w->n_lists - 1] : NULL;
    if (number != NULL && *number > 0) {
        snprintf(mark, sizeof mark, "%d. ", *number);
        *number += *number < INT_MAX;
    }
    append(w, mark, strlen(mark));
    w->mark_waits = false;
}

static void open_block(walk *w, uint32_t line)
{
    if (w->extract->text.length > 0)
        append(w, "\n\n", 2);
    w->is_open = true;
    w->block = (pil_block){
        .kind = w->heading_level > 0               ? PIL_BLOCK_HEADING
                : w->pre_at > 0                    ? PIL_BLOCK_VERBATIM
                : w->n_items_open > 0 || w->in_row ? PIL_BLOCK_LIST_ITEM
                                                   : PIL_BLOCK_PARAGRAPH,
        .level = w->heading_level,
        .begin_byte = w->extract->text.length,
        .line = line,
    };
    w->place = find_place(w);
    if (w->mark_waits)
        append_mark(w);
}

/* --- text --- */

/* Characters that HTML numbers by windows-1252: &#146; means an apostrophe. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
}

static uint32_t count_lines(const char *text, size_t begin, size_t end)
{
    uint32_t n = 0;
    for (size_t i = begin; i < end; i++)
        n += text[i] == '\n';
    return n;
}

/* The line of text[at], when the parser stands behind text[length]. */
static uint32_t line_of(const walk *w, const char *text, size_t length, size_t at)
{
    int behind = xmlSAX2GetLineNumber(w->parser);
    uint32_t line = behind > 0 ? (uint32_t)behind : 1;
    uint32_t n = count_lines(text, at, length);
    return line > n ? line - n : 1;
}

/* What waited, before visible text at text[at]. */
static void begin_text(walk *w, const char *text, size_t length, size_t at)
{
    if (w->breaks_wait >= 2 && w->pre_at == 0)
        close_block(w); /* an empty line: how pages without <p> make paragraphs */
    if (!w->is_open)
        open_block(w, line_of(w, text, length, at));
    else if (w->cell_waits)
        append(w, " | ", 3);
    else if (w->breaks_wait > 0)
        append(w, "\n", 1);
    else if (w->space_waits)
        append(w, " ", 1);
    w->space_waits = w->cell_waits = false;
    w->breaks_wait = 0;
}

/* The end of a run of bytes that are copied as they are. */
static size_t run_end(const char *text, size_t length, size_t at)
{
    while (at < length && !is_space(text[at]) && text[at] != '\xC2' && text[at] != '\0')
        at++;
    return at;
}

/* A character that may not stay as it is. */
static void add_character(walk *w, const char *text, size_t length, size_t *at)
{
    size_t begin = *at;
    uint32_t c = pil_utf8_next(text, length, at, NULL);
    if (c >= 0x80 && c < 0xA0)
        c = windows_1252[c - 0x80];
    if (c == 0 || c == 0xAD) /* a soft hyphen: the word is one */
        return;
    char encoded[4];
    begin_text(w, text, length, begin);
    append(w, encoded, pil_utf8_encode(c, encoded));
}

static void add_text(walk *w, const char *text, size_t length)
{
    for (size_t at = 0; at < length && w->status == PIL_OK;) {
        size_t end = run_end(text, length, at);
        if (end > at) {
            begin_text(w, text, length, at);
            append(w, text + at, end - at);
            at = end;
        } else if (is_space(text[at])) {
            w->space_waits = w->is_open;
            at++;
        } else {
            add_character(w, text, length, &at);
        }
    }
}

/* Text whose white space means something. */
static void add_preformatted(walk *w, const char *text, size_t length)
{
    for (size_t at = 0; at < length && w->status == PIL_OK;) {
        size_t end = at;
        while (end < length && text[end] != '\r' && text[end] != '\0')
            end++;
        if (end > at) {
            begin_text(w, text, length, at);
            append(w, text + at, end - at);
        }
        at = end < length ? end + 1 : end;
    }
}

static void on_characters(void *self, const xmlChar *characters, int length)
{
    walk *w = self;
    const char *text = (const char *)characters;
    if (length <= 0 || w->status != PIL_OK)
        return;
    if (w->is_json_ld && (size_t)length <= w->json_ld.max_length - w->json_ld.length)
        w->status = pil_buffer_append(&w->json_ld, text, (size_t)length);
    if (w->skipped_at > 0)
        return;
    if (w->title_at > 0) {
        size_t room = w->title.max_length - w->title.length;
        size_t n =
            (size_t)length < room ? (size_t)length : pil_utf8_boundary(text, (size_t)length, room);
        w->status = pil_buffer_append(&w->title, text, n);
    } else if (w->pre_at > 0) {
        add_preformatted(w, text, (size_t)length);
    } else {
        add_text(w, text, (size_t)length);
    }
}

/* --- elements --- */

static void start_list(walk *w, bool is_numbered)
{
    close_block(w);
    if (w->n_lists < LISTS_NUMBERED)
        w->next_numbers[w->n_lists] = is_numbered;
    w->n_lists++;
}

static bool is_json_ld(const char *const *atts)
{
    for (; atts != NULL && *atts != NULL; atts += 2) {
        if (strcmp(atts[0], "type") == 0 && atts[1] != NULL)
            return strcasecmp(atts[1], "application/ld+json") == 0;
    }
    return false;
}

/* Whether an address is on the host that the page says it is from. */
static bool is_on_host(const walk *w, const char *address)
{
    const pil_buffer *url = &w->extract->fields[PIL_FIELD_URL];
    const char *host = strstr(address, "//");
    const char *own = url->length > 0 ? strstr(url->bytes, "//") : NULL;
    if (host == NULL || own == NULL)
        return false;
    size_t length = strcspn(own + 2, "/?#");
    return strcspn(host + 2, "/?#") == length && strncasecmp(host + 2, own + 2, length) == 0;
}

/* A link to a place on this page is none here. One that leads around on a site has a path from its
 * root, or the host of this page, or nothing but a script. What a document is made of is linked by
 * relative names, and what it cites is on other hosts. */
static bool leads_around(const walk *w, const char *address)
{
    return (address[0] == '/' && address[1] != '/') || strcmp(address, "#") == 0 ||
           strncmp(address, "javascript:", 11) == 0 || is_on_host(w, address);
}

/* Links in menus count too: they tell a page of a site. */
static void start_link(walk *w, const char *const *atts)
{
    const char *to = NULL;
    for (; atts != NULL && *atts != NULL; atts += 2)
        to = strcmp(atts[0], "href") == 0 ? atts[1] : to;
    if (to == NULL || w->link_at > 0 || (to[0] == '#' && to[1] != '\0'))
        return;
    bool leads = leads_around(w, to);
    w->extract->n_site_links += leads;
    if (w->skipped_at > 0)
        return;
    w->link_at = w->depth;
    w->link_begin = w->extract->text.length;
    w->link_leads = leads;
}

static void start_region(walk *w, const char *name, const char *const *atts)
{
    pil_html_region region = pil_html_region_of(name, atts);
    bool is_named = region == PIL_REGION_NAMED || region == PIL_REGION_CONSENT;
    if (region == PIL_REGION_NONE)
        return;
    close_block(w);
    if (region == PIL_REGION_SKIPPED)
        w->skipped_at = w->depth;
    else if (w->n_regions < REGIONS_MAX)
        w->regions[w->n_regions++] =
            (open_region){w->depth, region, is_named ? ++w->extract->n_containers : 0};
}

static void start_known(walk *w, pil_html_class class, const char *name, const char *const *atts)
{
    switch (class) {
    case PIL_HTML_INLINE:
        break;
    case PIL_HTML_SKIPPED_BLOCK:
        close_block(w);
        w->skipped_at = w->depth;
        break;
    case PIL_HTML_SKIPPED:
        w->skipped_at = w->depth;
        w->is_json_ld = is_json_ld(atts);
        break;
    case PIL_HTML_HEADING:
        close_block(w);
        w->heading_level = name[1] - '0';
        break;
    case PIL_HTML_LIST:
        start_list(w, name[0] == 'o');
        break;
    case PIL_HTML_ITEM:
        close_block(w);
        w->n_items_open++;
        w->mark_waits = true;
        break;
    case PIL_HTML_PRE:
        close_block(w);
        if (w->pre_at == 0)
            w->pre_at = w->depth;
        break;
    case PIL_HTML_ROW:
        close_block(w);
        w->in_row = true;
        break;
    case PIL_HTML_CELL:
        if (w->in_row && w->is_open)
            w->cell_waits = true;
        else
            close_block(w);
        break;
    case PIL_HTML_TABLE:
        close_block(w);
        w->in_row = false;
        break;
    case PIL_HTML_BLOCK:
        close_block(w);
        break;
    case PIL_HTML_BREAK:
        if (w->pre_at > 0 && w->is_open)
            append(w, "\n", 1);
        else if (w->is_open)
            w->breaks_wait++;
        break;
    case PIL_HTML_TITLE:
        if (w->title_at == 0)
            w->title_at = w->depth;
        break;
    case PIL_HTML_METADATA:
        w->status = pil_html_metadata_add(w->extract, name, atts);
        break;
    }
}

static void on_start(void *self, const xmlChar *name, const xmlChar **atts)
{
    walk *w = self;
    w->depth++;
    if (w->status != PIL_OK)
        return;
    if (name[0] == 'a' && name[1] == '\0')
        start_link(w, (const char *const *)atts);
    if (w->skipped_at == 0)
        start_region(w, (const char *)name, (const char *const *)atts);
    if (w->skipped_at == 0)
        start_known(w, pil_html_class_of((const char *)name), (const char *)name,
                    (const char *const *)atts);
}

static void end_known(walk *w, pil_html_class class)
{
    switch (class) {
    case PIL_HTML_HEADING:
        close_block(w);
        w->heading_level = 0;
        break;
    case PIL_HTML_LIST:
        close_block(w);
        w->n_lists -= w->n_lists > 0;
        break;
    case PIL_HTML_ITEM:
        close_block(w);
        w->n_items_open -= w->n_items_open > 0;
        w->mark_waits = false;
        break;
    case PIL_HTML_PRE:
        close_block(w);
        break;
    case PIL_HTML_ROW:
    case PIL_HTML_TABLE:
        close_block(w);
        w->in_row = false;
        break;
    case PIL_HTML_BLOCK:
        close_block(w);
        break;
    default:
        break;
    }
}

static void on_end(void *self, const xmlChar *name)
{
    walk *w = self;
    if (w->skipped_at == 0 && w->status == PIL_OK)
        end_known(w, pil_html_class_of((const char *)name));
    if (w->skipped_at == w->depth) {
        w->skipped_at = 0;
        if (w->is_json_ld && w->status == PIL_OK)
            w->status = pil_html_json_ld_add(w->extract, w->json_ld.bytes, w->json_ld.length);
        w->is_json_ld = false;
        pil_buffer_clear(&w->json_ld);
    }
    if (w->link_at == w->depth) {
        count_link(w);
        w->link_at = 0;
    }
    if (w->n_regions > 0 && w->regions[w->n_regions - 1].depth == w->depth) {
        close_block(w);
        w->n_regions--;
    }
    if (w->title_at == w->depth)
        w->title_at = 0;
    if (w->pre_at == w->depth)
        w->pre_at = 0;
    w->depth -= w->depth > 0;
}

/* --- the parser --- */

/* True when a start tag has so many attributes that libxml2, which compares each with all before
 * it, would take minutes. Counts the words of a tag outside of quotes. */
static bool has_endless_tag(const char *html, size_t length)
{
    size_t n_words = 0;
    bool in_tag = false;
    for (size_t at = 0; at + 1 < length && n_words <= ATTRIBUTES_MAX; at++) {
        char byte = html[at], next = html[at + 1];
        if (!in_tag) {
            in_tag = byte == '<' && ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'));
            n_words = 0;
        } else if (byte == '>') {
            in_tag = false;
        } else if (byte == '=' && (next == '"' || next == '\'')) {
            const char *close = memchr(html + at + 2, next, length - at - 2);
            at = close == NULL ? length : (size_t)(close - html);
            n_words++;
        } else {
            n_words += is_space(byte) && !is_space(next);
        }
    }
    return n_words > ATTRIBUTES_MAX;
}

/* A parser that calls handler with self; NULL when memory ran out. */
static htmlParserCtxtPtr new_parser(const char *html, size_t length, const htmlSAXHandler *handler,
                                    void *self)
{
    xmlInitParser();
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(html, (int)length);
    if (parser == NULL)
        return NULL;
    *parser->sax = *handler;
    parser->userData = self;
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                   HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC);
    xmlCharEncodingHandlerPtr utf8 = xmlFindCharEncodingHandler("UTF-8");
    if (utf8 != NULL)
        xmlSwitchToEncoding(parser, utf8);
    return parser;
}

static void free_parser(htmlParserCtxtPtr parser)
{
    if (parser->myDoc != NULL)
        xmlFreeDoc(parser->myDoc);
    parser->myDoc = NULL;
    htmlFreeParserCtxt(parser);
}

void pil_html_extract_init(pil_html_extract *extract)
{
    *extract = (pil_html_extract){0};
    pil_buffer_init(&extract->text, SIZE_MAX - 1);
    for (int field = 0; field < PIL_FIELDS; field++)
        pil_buffer_init(&extract->fields[field], PIL_METADATA_MAX_BYTES);
}

void pil_html_extract_dispose(pil_html_extract *extract)
{
    pil_buffer_dispose(&extract->text);
    for (int field = 0; field < PIL_FIELDS; field++)
        pil_buffer_dispose(&extract->fields[field]);
    free(extract->blocks);
    free(extract->places);
}

pil_status pil_html_extract_run(pil_html_extract *extract, const char *html, size_t length,
                                pil_error *err)
{
    static const htmlSAXHandler handler = {
        .startElement = on_start,
        .endElement = on_end,
        .characters = on_characters,
        .cdataBlock = on_characters,
        .ignorableWhitespace = on_characters,
        .initialized = 1,
    };
    if (length > INT_MAX - 4096)
        return pil_error_set(err, PIL_BAD_INPUT, "HTML of more than 2 GB is not read");
    if (has_endless_tag(html, length))
        return pil_error_set(err, PIL_BAD_INPUT,
                             "an HTML tag with more than %d attributes: not read", ATTRIBUTES_MAX);
    if (length == 0)
        return PIL_OK;
    walk w = {.extract = extract};
    pil_buffer_init(&w.title, PIL_METADATA_MAX_BYTES);
    pil_buffer_init(&w.json_ld, JSON_LD_MAX_BYTES);
    w.parser = new_parser(html, length, &handler, &w);
    if (w.parser == NULL)
        return pil_error_no_memory(err);
    htmlParseDocument(w.parser);
    close_block(&w);
    if (w.parser->lastError.code == XML_ERR_NO_MEMORY)
        w.status = PIL_NO_MEMORY;
    size_t title_begin = strspn(w.title.bytes, " \t\r\n\f");
    if (w.status == PIL_OK && title_begin < w.title.length)
        w.status = pil_html_metadata_set(extract, PIL_FIELD_TITLE, RANK_OF_TITLE, w.title.bytes,
                                         w.title.length);
    free_parser(w.parser);
    pil_buffer_dispose(&w.title);
    pil_buffer_dispose(&w.json_ld);
    for (size_t i = 0; i < extract->n_blocks; i++)
        extract->blocks[i].text = extract->text.bytes + extract->blocks[i].begin_byte;
    return w.status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

/* --- the charset --- */

/* Copies what stands behind "charset=" in the content of a <meta http-equiv>. */
static void copy_charset(const char *value, char charset[64])
{
    size_t length = strcspn(value, " \t\r\n;\"'");
    if (length < 64 && charset[0] == '\0') {
        memcpy(charset, value, length);
        charset[length] = '\0';
    }
}

static const xmlChar charset_key[] = "charset=";

static void on_head_start(void *self, const xmlChar *name, const xmlChar **atts)
{
    char *charset = self;
    if (strcmp((const char *)name, "meta") != 0)
        return;
    for (; atts != NULL && *atts != NULL; atts += 2) {
        const char *attribute = (const char *)atts[0], *value = (const char *)atts[1];
        if (value == NULL)
            continue;
        const char *key = (const char *)xmlStrcasestr(atts[1], charset_key);
        if (strcmp(attribute, "charset") == 0)
            copy_charset(value, charset);
        else if (strcmp(attribute, "content") == 0 && key != NULL)
            copy_charset(key + sizeof charset_key - 1, charset);
    }
}

bool pil_html_extract_charset(const char *html, size_t length, char charset[64])
{
    static const htmlSAXHandler handler = {.startElement = on_head_start, .initialized = 1};
    charset[0] = '\0';
    htmlParserCtxtPtr parser =
        length == 0
            ? NULL
            : new_parser(html, length < HEAD_BYTES ? length : HEAD_BYTES, &handler, charset);
    if (parser == NULL)
        return false;
    htmlParseDocument(parser);
    free_parser(parser);
    return charset[0] != '\0';
}
