#include "read_internal.h"

#include "base/utf8.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* cmark-gfm counts in int32_t. */
enum { MARKDOWN_MAX_BYTES = 1 << 30 };

/* A document as cmark-gfm has read it. */
typedef struct document {
    pil_reading *reading;
    const char *text; /* whole; the body is text[body..length) */
    size_t length, body;
    uint32_t body_line;
    size_t *line_begins; /* of the body's lines, in text; one more behind the last */
    size_t n_lines;
    cmark_node *root;
} document;

/* --- places --- */

static pil_status find_lines(document *d)
{
    size_t capacity = 0;
    d->n_lines = 0;
    for (size_t at = d->body;;) {
        if (d->n_lines + 1 >= capacity) {
            capacity = capacity == 0 ? 256 : capacity * 2;
            size_t *begins = realloc(d->line_begins, capacity * sizeof *begins);
            if (begins == NULL)
                return PIL_NO_MEMORY;
            d->line_begins = begins;
        }
        d->line_begins[d->n_lines++] = at;
        while (at < d->length && d->text[at] != '\n' && d->text[at] != '\r')
            at++;
        if (at == d->length)
            break;
        at += at + 1 < d->length && d->text[at] == '\r' && d->text[at + 1] == '\n' ? 2 : 1;
    }
    d->line_begins[d->n_lines] = d->length;
    return PIL_OK;
}

static size_t line_index(const document *d, int line)
{
    size_t index = line < 1 ? 0 : (size_t)line - 1;
    return index < d->n_lines ? index : d->n_lines - 1;
}

/* The end of a line without its line end. */
static size_t line_end(const document *d, size_t line)
{
    size_t end = d->line_begins[line + 1];
    while (end > d->line_begins[line] && (d->text[end - 1] == '\n' || d->text[end - 1] == '\r'))
        end--;
    return end;
}

/* Sets where a block stands: from the begin of its node to the end of the node's last line. Of
 * text above a table cmark-gfm gives a place that is too early: then the next line that is not
 * empty is taken. */
static void place(const document *d, cmark_node *node, pil_block *block)
{
    size_t first = line_index(d, cmark_node_get_start_line(node));
    size_t last = line_index(d, cmark_node_get_end_line(node));
    if (last < first)
        last = first;
    while (first == last && last + 1 < d->n_lines && line_end(d, last) == d->line_begins[last])
        first = ++last;
    int column = cmark_node_get_start_column(node);
    block->begin_byte = d->line_begins[first] + (column > 1 ? (size_t)column - 1 : 0);
    block->end_byte = line_end(d, last);
    if (block->begin_byte >= block->end_byte)
        block->begin_byte = d->line_begins[first];
    if (block->begin_byte >= block->end_byte) {
        block->begin_byte = d->body;
        block->end_byte = d->length;
    }
    block->line = d->body_line + (uint32_t)first;
}

/* --- inlines --- */

static pil_status append_inline(pil_buffer *out, cmark_node *node)
{
    const char *literal;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        literal = cmark_node_get_literal(node);
        return literal == NULL ? PIL_OK : pil_buffer_append_string(out, literal);
    case CMARK_NODE_SOFTBREAK:
        return pil_buffer_append_byte(out, ' ');
    case CMARK_NODE_LINEBREAK:
        return pil_buffer_append_byte(out, '\n');
    case CMARK_NODE_HTML_INLINE:
        literal = cmark_node_get_literal(node);
        return literal != NULL && strncasecmp(literal, "<br", 3) == 0
                   ? pil_buffer_append_byte(out, '\n')
                   : PIL_OK;
    default:
        return PIL_OK;
    }
}

/* Appends what the inlines of a block say. Walks without recursion: nesting is the author's. */
static pil_status append_inlines(pil_buffer *out, cmark_node *block)
{
    pil_status status = PIL_OK;
    cmark_node *node = cmark_node_first_child(block);
    while (node != NULL && status == PIL_OK) {
        status = append_inline(out, node);
        cmark_node *next = cmark_node_first_child(node);
        while (next == NULL && node != block) {
            next = cmark_node_next(node);
            node = cmark_node_parent(node);
        }
        node = next;
    }
    return status;
}

/* --- blocks --- */

/* Keeps text for the block until the article is handed out. cmark-gfm can cut a character in two
 * (seen in footnote references that are none): such text is mended. */
static pil_status add_copy(document *d, pil_block *block, const char *text, size_t length)
{
    pil_buffer mended;
    pil_buffer_init(&mended, SIZE_MAX - 1);
    pil_status status = PIL_OK;
    if (!pil_utf8_is_valid(text, length)) {
        status = pil_utf8_repair(text, length, &mended, NULL);
        text = mended.bytes;
        length = mended.length;
    }
    if (status == PIL_OK) {
        block->text = pil_arena_copy(&d->reading->paragraphs.arena, text, length);
        block->length_bytes = length;
        status = block->text == NULL ? PIL_NO_MEMORY : pil_reading_add_block(d->reading, block);
    }
    pil_buffer_dispose(&mended);
    return status;
}

static bool is_item(cmark_node *node)
{
    return node != NULL && cmark_node_get_type(node) == CMARK_NODE_ITEM;
}

/* "- " or "3. ", before what an item begins with. */
static pil_status append_mark(pil_buffer *out, cmark_node *item)
{
    cmark_node *list = cmark_node_parent(item);
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST)
        return pil_buffer_append_string(out, "- ");
    long long number = cmark_node_get_list_start(list);
    for (cmark_node *before = cmark_node_previous(item); before != NULL;
         before = cmark_node_previous(before))
        number++;
    return pil_buffer_appendf(out, "%lld. ", number);
}

static pil_status add_inline_block(document *d, cmark_node *node)
{
    pil_block block = {.kind = PIL_BLOCK_PARAGRAPH};
    pil_buffer *text = &d->reading->scratch;
    cmark_node *parent = cmark_node_parent(node);
    pil_status status = PIL_OK;
    pil_buffer_clear(text);
    place(d, node, &block);
    if (cmark_node_get_type(node) == CMARK_NODE_HEADING) {
        block.kind = PIL_BLOCK_HEADING;
        block.level = cmark_node_get_heading_level(node);
    } else if (is_item(parent)) {
        block.kind = PIL_BLOCK_LIST_ITEM;
        if (cmark_node_previous(node) == NULL)
            status = append_mark(text, parent);
    }
    if (status == PIL_OK)
        status = append_inlines(text, node);
    return status == PIL_OK ? add_copy(d, &block, text->bytes, text->length) : status;
}

static pil_status add_row(document *d, cmark_node *row)
{
    pil_block block = {.kind = PIL_BLOCK_LIST_ITEM};
    pil_buffer *text = &d->reading->scratch;
    pil_status status = PIL_OK;
    pil_buffer_clear(text);
    place(d, row, &block);
    for (cmark_node *cell = cmark_node_first_child(row); cell != NULL && status == PIL_OK;
         cell = cmark_node_next(cell)) {
        if (text->length > 0)
            status = pil_buffer_append_string(text, " | ");
        if (status == PIL_OK)
            status = append_inlines(text, cell);
    }
    return status == PIL_OK ? add_copy(d, &block, text->bytes, text->length) : status;
}

static pil_status add_code(document *d, cmark_node *node)
{
    pil_block block = {.kind = PIL_BLOCK_VERBATIM};
    const char *literal = cmark_node_get_literal(node);
    if (literal == NULL)
        return PIL_OK;
    place(d, node, &block);
    return add_copy(d, &block, literal, strlen(literal));
}

/* HTML among the Markdown: what it shows. */
static pil_status add_html(document *d, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    if (literal == NULL)
        return PIL_OK;
    pil_html_extract extract;
    pil_html_extract_init(&extract);
    pil_status status = pil_html_extract_run(&extract, literal, strlen(literal), NULL);
    if (status == PIL_BAD_INPUT)
        status = PIL_OK; /* that piece of HTML shows nothing */
    for (size_t i = 0; i < extract.n_blocks && status == PIL_OK; i++) {
        pil_block block = extract.blocks[i];
        place(d, node, &block);
        block.line += extract.blocks[i].line - 1;
        status = add_copy(d, &block, extract.blocks[i].text, extract.blocks[i].length_bytes);
    }
    pil_html_extract_dispose(&extract);
    return status;
}

static pil_status add_node(document *d, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        return add_inline_block(d, node);
    case CMARK_NODE_CODE_BLOCK:
        return add_code(d, node);
    case CMARK_NODE_HTML_BLOCK:
        return add_html(d, node);
    default:
        break;
    }
    const char *name = cmark_node_get_type_string(node);
    return strcmp(name, "table_row") == 0 || strcmp(name, "table_header") == 0 ? add_row(d, node)
                                                                               : PIL_OK;
}

static pil_status add_nodes(document *d)
{
    pil_status status = PIL_OK;
    cmark_iter *iter = cmark_iter_new(d->root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE && status == PIL_OK) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER)
            status = add_node(d, node);
    }
    cmark_iter_free(iter);
    return status;
}

/* --- parsing --- */

static pthread_once_t registered = PTHREAD_ONCE_INIT;

/* cmark-gfm keeps its extensions in a list of its own, for the whole process. */
static void register_extensions(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

/* The columns of a line that may stand below a table's head, as |---|---| does, in a quotation
 * too; else 0. */
static size_t delimiter_columns(const char *line, size_t length)
{
    size_t n_columns = 1;
    bool has_dash = false;
    for (size_t i = 0; i < length; i++) {
        if (strchr("|:->\t\v\f ", line[i]) == NULL || line[i] == '\0')
            return 0;
        n_columns += line[i] == '|';
        has_dash |= line[i] == '-';
    }
    return has_dash ? n_columns : 0;
}

/* cmark-gfm gives every row of a table as many cells as its head has, so that a small file can
 * ask for gigabytes of empty cells. True when there would be more cells than the body has bytes,
 * taking all lines up to an empty one for rows. */
static bool has_endless_table(const document *d)
{
    size_t n_cells = 0, n_columns = 0;
    for (size_t at = d->body; at < d->length;) {
        size_t begin = at;
        while (at < d->length && d->text[at] != '\n' && d->text[at] != '\r')
            at++;
        size_t columns = delimiter_columns(d->text + begin, at - begin);
        bool is_crlf = at + 1 < d->length && d->text[at] == '\r' && d->text[at + 1] == '\n';
        if (at == begin)
            n_columns = 0;
        else if (columns > n_columns)
            n_columns = columns;
        n_cells += n_columns;
        if (n_cells > d->length - d->body)
            return true;
        at += is_crlf ? 2 : 1;
    }
    return false;
}

static void parse(document *d)
{
    static const char *const extensions[] = {"strikethrough", "autolink", "tasklist", "table"};
    size_t n_extensions = sizeof extensions / sizeof extensions[0];
    pthread_once(&registered, register_extensions);
    if (has_endless_table(d)) {
        n_extensions--;
        pil_reading_note(d->reading, 0, false,
                         "a table with far more columns than its rows have cells: tables are read "
                         "as plain lines");
    }
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < n_extensions; i++) {
        cmark_syntax_extension *extension = cmark_find_syntax_extension(extensions[i]);
        if (extension != NULL)
            cmark_parser_attach_syntax_extension(parser, extension);
    }
    cmark_parser_feed(parser, d->text + d->body, d->length - d->body);
    d->root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
}

static pil_status read_body(document *d, pil_error *err)
{
    if (d->length - d->body > MARKDOWN_MAX_BYTES)
        return pil_error_set(err, PIL_BAD_INPUT, "Markdown of more than 1 GB is not read");
    parse(d);
    pil_status status = d->root == NULL ? PIL_NO_MEMORY : find_lines(d);
    if (status == PIL_OK)
        status = add_nodes(d);
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    pil_reading *reading = d->reading;
    return pil_paragraphs_from_blocks(&reading->paragraphs, reading->blocks, reading->n_blocks,
                                      err);
}

pil_status pil_read_markdown(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    pil_read_input input;
    document d = {.reading = reading};
    pil_status status = pil_read_input_open(&input, bytes, length, err);
    if (status == PIL_OK)
        status = pil_read_input_mend(&input, err);
    if (status == PIL_OK) {
        d.text = input.text;
        d.length = input.length;
        status = pil_front_matter_read(reading, d.text, d.length, input.begin, &d.body,
                                       &d.body_line, err);
    }
    if (status == PIL_OK)
        status = read_body(&d, err);
    if (status == PIL_OK) {
        pil_reading_note_replaced(reading, 0, input.n_replaced);
        pil_article article = {.record_line = 1, .raw = bytes, .raw_bytes = length};
        status = pil_reading_deliver(reading, &article, err);
    }
    if (d.root != NULL)
        cmark_node_free(d.root);
    free(d.line_begins);
    pil_read_input_dispose(&input);
    return status;
}
