#include "read_internal.h"

#include <string.h>
#include <yaml.h>

/* Front matter that is longer is taken for text. */
enum { FRONT_MATTER_MAX_BYTES = 64 * 1024 };

/* The end of the line at begin: where its text ends, and where the next line begins. */
static size_t line_end(const char *text, size_t length, size_t begin, size_t *next)
{
    size_t end = begin;
    while (end < length && text[end] != '\n' && text[end] != '\r')
        end++;
    *next = end + (end < length);
    if (end + 1 < length && text[end] == '\r' && text[end + 1] == '\n')
        *next = end + 2;
    return end;
}

/* A line of three of this character, and nothing but spaces behind them. */
static bool is_fence(const char *text, size_t begin, size_t end, char of)
{
    if (end - begin < 3 || text[begin] != of || text[begin + 1] != of || text[begin + 2] != of)
        return false;
    for (begin += 3; begin < end; begin++) {
        if (text[begin] != ' ' && text[begin] != '\t')
            return false;
    }
    return true;
}

/* Where front matter is. */
typedef struct extent {
    size_t begin, end; /* of the YAML */
    size_t body;
    uint32_t body_line;
} extent;

static bool find(const char *text, size_t length, size_t begin, extent *found)
{
    size_t next;
    size_t end = line_end(text, length, begin, &next);
    if (!is_fence(text, begin, end, '-'))
        return false;
    found->begin = next;
    for (uint32_t line = 3; next < length && next - begin <= FRONT_MATTER_MAX_BYTES; line++) {
        size_t at = next;
        end = line_end(text, length, at, &next);
        if (is_fence(text, at, end, '-') || is_fence(text, at, end, '.')) {
            found->end = at;
            found->body = next;
            found->body_line = line;
            return true;
        }
    }
    return false;
}

/* Whether a first line such as "title: ..." shows that metadata was meant, not text between
 * rules. */
static bool looks_meant(const char *text, const extent *at)
{
    const char *line = text + at->begin;
    size_t length = at->end - at->begin;
    size_t key = 0;
    while (key < length && ((line[key] >= 'a' && line[key] <= 'z') ||
                            (line[key] >= 'A' && line[key] <= 'Z') || line[key] == '_'))
        key++;
    return key > 0 && key < length && line[key] == ':';
}

static const yaml_node_t *node_of(yaml_document_t *document, int number)
{
    return yaml_document_get_node(document, number);
}

static bool is_null(const yaml_node_t *node)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    if (node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        return false;
    for (size_t i = 0; i < sizeof nulls / sizeof nulls[0]; i++) {
        if (strcmp((const char *)node->data.scalar.value, nulls[i]) == 0)
            return true;
    }
    return false;
}

static pil_status add_scalar(pil_reading *reading, pil_read_field field, const yaml_node_t *node)
{
    if (node == NULL || node->type != YAML_SCALAR_NODE)
        return PIL_OK;
    return pil_reading_add(reading, field, (const char *)node->data.scalar.value,
                           node->data.scalar.length);
}

/* A list, say of authors; an item may be a mapping with a name. */
static pil_status add_items(pil_reading *reading, pil_read_field field, yaml_document_t *document,
                            const yaml_node_t *list)
{
    pil_status status = PIL_OK;
    for (yaml_node_item_t *item = list->data.sequence.items.start;
         item < list->data.sequence.items.top && status == PIL_OK; item++) {
        const yaml_node_t *node = node_of(document, *item);
        if (node != NULL && node->type == YAML_MAPPING_NODE) {
            for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
                 pair < node->data.mapping.pairs.top && status == PIL_OK; pair++) {
                const yaml_node_t *key = node_of(document, pair->key);
                if (key != NULL && key->type == YAML_SCALAR_NODE &&
                    strcmp((const char *)key->data.scalar.value, "name") == 0)
                    status = add_scalar(reading, field, node_of(document, pair->value));
            }
        } else {
            status = add_scalar(reading, field, node);
        }
    }
    return status;
}

static pil_status add_fields(pil_reading *reading, yaml_document_t *document,
                             const yaml_node_t *root)
{
    pil_status status = PIL_OK;
    for (yaml_node_pair_t *pair = root->data.mapping.pairs.start;
         pair < root->data.mapping.pairs.top && status == PIL_OK; pair++) {
        const yaml_node_t *key = node_of(document, pair->key);
        const yaml_node_t *value = node_of(document, pair->value);
        if (key == NULL || value == NULL || key->type != YAML_SCALAR_NODE)
            continue;
        pil_read_field field = pil_read_field_of((const char *)key->data.scalar.value);
        if (field == PIL_FIELDS || (value->type == YAML_SCALAR_NODE && is_null(value)))
            continue;
        pil_buffer_clear(&reading->fields[field]);
        status = value->type == YAML_SEQUENCE_NODE ? add_items(reading, field, document, value)
                                                   : add_scalar(reading, field, value);
    }
    return status;
}

pil_status pil_front_matter_read(pil_reading *reading, const char *text, size_t length,
                                 size_t begin, size_t *body, uint32_t *body_line, pil_error *err)
{
    *body = begin;
    *body_line = 1;
    extent at;
    if (!find(text, length, begin, &at))
        return PIL_OK;
    pil_status status = PIL_OK;
    bool is_front_matter = true;
    yaml_parser_t parser;
    yaml_document_t document;
    if (!yaml_parser_initialize(&parser))
        return pil_error_no_memory(err);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text + at.begin,
                                 at.end - at.begin);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    if (yaml_parser_load(&parser, &document)) {
        const yaml_node_t *root = yaml_document_get_root_node(&document);
        is_front_matter = root == NULL || root->type == YAML_MAPPING_NODE;
        if (root != NULL && is_front_matter)
            status = add_fields(reading, &document, root);
        yaml_document_delete(&document);
    } else if (parser.error == YAML_MEMORY_ERROR) {
        status = PIL_NO_MEMORY;
    } else if ((is_front_matter = looks_meant(text, &at))) {
        pil_reading_note(reading, (uint32_t)parser.problem_mark.line + 2, false,
                         "the front matter is not valid YAML (%s): its title, author and so on "
                         "are not used; a value with a colon in it needs quotes",
                         parser.problem == NULL ? "cannot be read" : parser.problem);
    }
    yaml_parser_delete(&parser);
    if (is_front_matter) {
        *body = at.body;
        *body_line = at.body_line;
    }
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}
