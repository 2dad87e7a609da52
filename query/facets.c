#include "facets.h"

#include "flow.h"
#include "json_value.h"
#include "style.h"
#include "table_field.h"

#include <inttypes.h>
#include <string.h>

enum { COUNT_COLUMNS_MIN = 8 };

static void put_styled(pil_output *output, const pil_format_settings *settings, const char *style,
                       const char *text)
{
    if (settings->color)
        pil_output_format(output, "\x1B[%sm", style);
    pil_output_string(output, text);
    if (settings->color)
        pil_output_string(output, "\x1B[0m");
}

/* ---- text ---- */

static void put_count(pil_output *output, uint64_t n_paragraphs)
{
    pil_output_format(output, "%*" PRIu64 "  ", COUNT_COLUMNS_MIN, n_paragraphs);
}

/* White space becomes single blanks; nothing unsafe passes. */
static pil_status set_line(pil_flow *line, const char *value, pil_error *err)
{
    pil_status status = pil_flow_set(line, value, strlen(value), NULL, 0);
    if (status == PIL_OK || status == PIL_NO_MEMORY)
        return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
    return pil_error_set(err, status, "a result is too large to be shown");
}

static pil_status put_block(pil_output *output, const pil_format_settings *settings,
                            const pil_facet *facet, pil_flow *line, pil_error *err)
{
    char heading[64];
    snprintf(heading, sizeof heading, "paragraphs by %s", pil_facet_name(facet->field));
    put_styled(output, settings, PIL_STYLE_BOLD, heading);
    pil_output_string(output, "\n");
    size_t n_shown =
        facet->n_values < PIL_FACETS_MAX_VALUES ? facet->n_values : PIL_FACETS_MAX_VALUES;
    for (size_t i = 0; i < n_shown; i++) {
        pil_status status = set_line(line, facet->values[i].value, err);
        if (status != PIL_OK)
            return status;
        put_count(output, facet->values[i].n_paragraphs);
        pil_output_bytes(output, line->text.bytes, line->text.length);
        pil_output_string(output, "\n");
    }
    if (n_shown < facet->n_values) {
        char more[64];
        snprintf(more, sizeof more, "and %zu more", facet->n_values - n_shown);
        pil_output_spaces(output, COUNT_COLUMNS_MIN + 2);
        put_styled(output, settings, PIL_STYLE_DIM, more);
        pil_output_string(output, "\n");
    }
    if (facet->n_unknown > 0) {
        put_count(output, facet->n_unknown);
        put_styled(output, settings, PIL_STYLE_DIM, "not known");
        pil_output_string(output, "\n");
    }
    return PIL_OK;
}

pil_status pil_facets_text(const pil_format_settings *settings, const pil_facet *facets,
                           size_t n_facets, bool follows_hits, pil_error *err)
{
    pil_output output;
    pil_flow line;
    pil_output_init(&output, settings->out);
    pil_flow_init(&line);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_facets && status == PIL_OK; i++) {
        if (facets[i].n_values == 0 && facets[i].n_unknown == 0)
            continue;
        pil_output_string(&output, follows_hits ? "\n" : "");
        follows_hits = true;
        status = put_block(&output, settings, &facets[i], &line, err);
    }
    if (status == PIL_OK)
        status = pil_output_finish(&output, err);
    pil_flow_dispose(&line);
    pil_output_dispose(&output);
    return status;
}

/* ---- JSON ---- */

static bool append_value(json_t *array, const char *value, uint64_t n_paragraphs)
{
    json_t *entry = json_object();
    return json_array_append_new(array, entry) == 0 &&
           pil_json_set(entry, "value",
                        value == NULL ? json_null() : pil_json_string(value, strlen(value))) &&
           pil_json_set(entry, "paragraphs", json_integer((json_int_t)n_paragraphs));
}

static bool set_facet(json_t *object, const pil_facet *facet)
{
    json_t *values = json_array();
    bool is_done = pil_json_set(object, pil_facet_name(facet->field), values);
    for (size_t i = 0; i < facet->n_values && is_done; i++)
        is_done = append_value(values, facet->values[i].value, facet->values[i].n_paragraphs);
    if (is_done && facet->n_unknown > 0)
        is_done = append_value(values, NULL, facet->n_unknown);
    return is_done;
}

pil_status pil_facets_json(const pil_format_settings *settings, const pil_facet *facets,
                           size_t n_facets, pil_error *err)
{
    pil_output output;
    pil_output_init(&output, settings->out);
    json_t *object = json_object(), *fields = json_object();
    bool is_done = object != NULL && pil_json_set(object, "v", json_integer(PIL_JSON_VERSION)) &&
                   pil_json_set(object, "type", json_string("facets"));
    is_done = pil_json_set(object, "facets", fields) && is_done;
    for (size_t i = 0; i < n_facets && is_done; i++)
        is_done = set_facet(fields, &facets[i]);
    is_done = is_done && pil_json_put_line(&output, object);
    json_decref(object);
    pil_status status = is_done ? pil_output_finish(&output, err) : pil_error_no_memory(err);
    pil_output_dispose(&output);
    return status;
}

/* ---- tables ---- */

static void put_row(pil_output *output, char separator, const char *field, const pil_flow *value,
                    uint64_t n_paragraphs)
{
    pil_table_put_field(output, separator, field, strlen(field));
    pil_output_bytes(output, &separator, 1);
    if (value != NULL)
        pil_table_put_field(output, separator, value->text.bytes, value->text.length);
    pil_output_format(output, "%c%" PRIu64 "\n", separator, n_paragraphs);
}

static pil_status put_rows(pil_output *output, char separator, const pil_facet *facet,
                           pil_flow *line, pil_error *err)
{
    const char *name = pil_facet_name(facet->field);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < facet->n_values && status == PIL_OK; i++) {
        status = set_line(line, facet->values[i].value, err);
        if (status == PIL_OK)
            put_row(output, separator, name, line, facet->values[i].n_paragraphs);
    }
    if (status == PIL_OK && facet->n_unknown > 0)
        put_row(output, separator, name, NULL, facet->n_unknown);
    return status;
}

pil_status pil_facets_table(const pil_format_settings *settings, const pil_facet *facets,
                            size_t n_facets, char separator, pil_error *err)
{
    pil_output output;
    pil_flow line;
    pil_output_init(&output, settings->out);
    pil_flow_init(&line);
    pil_output_format(&output, "field%cvalue%cparagraphs\n", separator, separator);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_facets && status == PIL_OK; i++)
        status = put_rows(&output, separator, &facets[i], &line, err);
    if (status == PIL_OK)
        status = pil_output_finish(&output, err);
    pil_flow_dispose(&line);
    pil_output_dispose(&output);
    return status;
}
