/* The only C++ of the indexer. Nothing is thrown here: simdjson is asked for error codes, and
 * memory comes from functions that return null. */
#include "json_parser.h"

#include <cstring>
#include <new>
#include <simdjson.h>

namespace dom = simdjson::dom;

struct pil_json_parser {
    dom::parser parser;
    unsigned max_depth;
    bool is_ready;
};

static bool convert(const dom::element &from, pil_arena *arena, pil_json_value *to) noexcept;

static bool convert_array(const dom::array &from, pil_arena *arena, pil_json_value *to) noexcept
{
    size_t n = 0;
    for (auto at = from.begin(); at != from.end(); ++at)
        n++;
    auto *items = static_cast<pil_json_value *>(pil_arena_alloc(arena, (n + 1) * sizeof(*to)));
    if (items == nullptr)
        return false;
    size_t i = 0;
    for (dom::element item : from) {
        if (!convert(item, arena, &items[i++]))
            return false;
    }
    to->items = items;
    to->n_items = n;
    return true;
}

static bool convert_object(const dom::object &from, pil_arena *arena, pil_json_value *to) noexcept
{
    size_t n = 0;
    for (auto at = from.begin(); at != from.end(); ++at)
        n++;
    auto *items = static_cast<pil_json_value *>(pil_arena_alloc(arena, (n + 1) * sizeof(*to)));
    if (items == nullptr)
        return false;
    size_t i = 0;
    for (dom::key_value_pair member : from) {
        if (!convert(member.value, arena, &items[i]))
            return false;
        items[i].name = member.key.data();
        items[i++].name_length = member.key.size();
    }
    to->items = items;
    to->n_items = n;
    return true;
}

static bool convert(const dom::element &from, pil_arena *arena, pil_json_value *to) noexcept
{
    *to = pil_json_value();
    switch (from.type()) {
    case dom::element_type::STRING: {
        std::string_view string;
        to->kind = PIL_JSON_STRING;
        if (from.get(string) != simdjson::SUCCESS)
            return false;
        to->string = string.data();
        to->length = string.size();
        return true;
    }
    case dom::element_type::INT64:
        to->kind = PIL_JSON_INTEGER;
        return from.get(to->integer) == simdjson::SUCCESS;
    case dom::element_type::UINT64: /* only what does not fit in 63 bits is of this type */
        return false;
    case dom::element_type::ARRAY: {
        dom::array array;
        to->kind = PIL_JSON_ARRAY;
        return from.get(array) == simdjson::SUCCESS && convert_array(array, arena, to);
    }
    case dom::element_type::OBJECT: {
        dom::object object;
        to->kind = PIL_JSON_OBJECT;
        return from.get(object) == simdjson::SUCCESS && convert_object(object, arena, to);
    }
    case dom::element_type::NULL_VALUE:
        to->kind = PIL_JSON_NULL;
        return true;
    default:
        to->kind = PIL_JSON_OTHER;
        return true;
    }
}

pil_json_parser *pil_json_parser_new(unsigned max_depth)
{
    auto *parser = new (std::nothrow) pil_json_parser();
    if (parser != nullptr)
        parser->max_depth = max_depth;
    return parser;
}

void pil_json_parser_free(pil_json_parser *parser)
{
    delete parser;
}

/* Makes room for a text of this length, with the depth that is wanted: the parser itself would take
 * its own default. */
static bool prepare(pil_json_parser *parser, size_t length) noexcept
{
    if (parser->is_ready && parser->parser.capacity() >= length)
        return true;
    size_t capacity = length < 4096 ? 4096 : length + length / 2;
    parser->is_ready = parser->parser.allocate(capacity, parser->max_depth) == simdjson::SUCCESS;
    return parser->is_ready;
}

bool pil_json_parser_run(pil_json_parser *parser, const char *text, size_t length, pil_arena *arena,
                         pil_json_value *value)
{
    dom::element element;
    if (!prepare(parser, length) ||
        parser->parser.parse(text, length, false).get(element) != simdjson::SUCCESS)
        return false;
    return convert(element, arena, value);
}
