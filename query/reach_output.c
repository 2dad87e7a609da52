#include "reach_output.h"

#include "cli/terminal_text.h"
#include "json_value.h"

#include <inttypes.h>
#include <string.h>
#include <uniwidth.h>

enum { KIND_COLUMNS = 8, COUNT_COLUMNS = 10, TEXT_MAX_BYTES = 1 << 20 };

static const char *kind_of(const pil_reached *item)
{
    if (item->is_form)
        return "form";
    switch (item->kind) {
    case PIL_ALTERNATIVE_SPELLING:
        return "spelling";
    case PIL_ALTERNATIVE_SYNONYM:
        return "synonym";
    case PIL_ALTERNATIVE_ACRONYM:
        return "acronym";
    default:
        return "compound";
    }
}

/* ---- text ---- */

/* The text as it is shown, and the columns it takes. */
static pil_status make_safe(const char *text, pil_buffer *safe, size_t *columns)
{
    pil_buffer_clear(safe);
    pil_status status = pil_terminal_escape(text, strlen(text), 0, safe);
    int width =
        status == PIL_OK ? u8_width((const uint8_t *)safe->bytes, safe->length, "UTF-8") : 0;
    *columns = width > 0 ? (size_t)width : 0;
    return status;
}

static pil_status measure(const pil_reach *reach, pil_buffer *safe, size_t *text_columns,
                          size_t *language_columns)
{
    pil_status status = PIL_OK;
    *text_columns = *language_columns = 0;
    for (size_t i = 0; i < reach->n_items && status == PIL_OK; i++) {
        const pil_reached *item = &reach->items[i];
        size_t columns;
        status = make_safe(item->text, safe, &columns);
        if (columns > *text_columns)
            *text_columns = columns;
        size_t n = item->language == NULL ? 0 : strlen(item->language);
        if (n > *language_columns)
            *language_columns = n;
    }
    return status;
}

static pil_status put_item(pil_output *output, const pil_reached *item, size_t text_columns,
                           size_t language_columns, pil_buffer *safe)
{
    size_t columns;
    pil_status status = make_safe(item->text, safe, &columns);
    if (status != PIL_OK)
        return status;
    pil_output_format(output, "  %-*s  %s", KIND_COLUMNS, kind_of(item), safe->bytes);
    pil_output_spaces(output, text_columns - columns);
    if (language_columns > 0)
        pil_output_format(output, "  %-*s", (int)language_columns,
                          item->language == NULL ? "" : item->language);
    pil_output_format(output, "  %*" PRIu64, COUNT_COLUMNS, item->n_paragraphs);
    if (item->weight < 1)
        pil_output_format(output, "  x %g", item->weight);
    pil_output_string(output, "\n");
    return PIL_OK;
}

pil_status pil_reach_put_text(pil_output *output, const pil_reach *reach, pil_error *err)
{
    size_t text_columns, language_columns, at = 0;
    pil_buffer safe;
    pil_buffer_init(&safe, TEXT_MAX_BYTES);
    pil_status status = measure(reach, &safe, &text_columns, &language_columns);
    for (size_t word = 0; word < reach->n_words && status == PIL_OK; word++) {
        pil_output_escaped(output, reach->words[word], strlen(reach->words[word]));
        pil_output_string(output, "\n");
        for (; at < reach->n_items && reach->items[at].word == word && status == PIL_OK; at++)
            status = put_item(output, &reach->items[at], text_columns, language_columns, &safe);
    }
    pil_buffer_dispose(&safe);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

/* ---- JSON ---- */

static json_t *string_of(const char *text)
{
    return pil_json_string(text, strlen(text));
}

static json_t *object_of(const pil_reached *item)
{
    json_t *object = json_object();
    bool is_done = true;
    if (item->is_form) {
        json_t *language = item->language[0] == '\0' ? json_null() : string_of(item->language);
        is_done = pil_json_set(object, "form", string_of(item->text)) &&
                  pil_json_set(object, "stem", string_of(item->stem)) &&
                  pil_json_set(object, "language", language);
    } else {
        is_done = pil_json_set(object, "kind", string_of(kind_of(item))) &&
                  pil_json_set(object, "text", string_of(item->text)) &&
                  pil_json_set(object, "weight", json_real(item->weight));
    }
    is_done =
        is_done && pil_json_set(object, "paragraphs", json_integer((json_int_t)item->n_paragraphs));
    if (is_done)
        return object;
    json_decref(object);
    return NULL;
}

/* The word and, from *at on, what it reaches. */
static json_t *word_of(const pil_reach *reach, size_t word, size_t *at)
{
    json_t *object = json_object(), *forms = json_array(), *alternatives = json_array();
    bool is_done = pil_json_set(object, "word", string_of(reach->words[word]));
    is_done &= pil_json_set(object, "forms", forms);
    is_done &= pil_json_set(object, "alternatives", alternatives);
    for (; *at < reach->n_items && reach->items[*at].word == word && is_done; (*at)++) {
        const pil_reached *item = &reach->items[*at];
        is_done = json_array_append_new(item->is_form ? forms : alternatives, object_of(item)) == 0;
    }
    if (is_done)
        return object;
    json_decref(object);
    return NULL;
}

pil_status pil_reach_put_json(pil_output *output, const pil_reach *reach, pil_error *err)
{
    json_t *object = json_object(), *words = json_array();
    size_t at = 0;
    bool is_done = pil_json_set(object, "v", json_integer(PIL_JSON_VERSION));
    is_done &= pil_json_set(object, "type", json_string("expansion"));
    is_done &= pil_json_set(object, "words", words);
    for (size_t word = 0; word < reach->n_words && is_done; word++)
        is_done = json_array_append_new(words, word_of(reach, word, &at)) == 0;
    is_done = is_done && pil_json_put_line(output, object);
    json_decref(object);
    return is_done ? PIL_OK : pil_error_no_memory(err);
}
