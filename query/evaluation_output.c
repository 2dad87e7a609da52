#include "evaluation_output.h"

#include "hit_fields.h"
#include "json_value.h"
#include "table_field.h"

#include <string.h>

enum { TOPIC_COLUMNS = 12, VALUE_COLUMNS = 9 };

static void put_topic(pil_output *output, const char *topic)
{
    size_t length = strlen(topic);
    pil_output_escaped(output, topic, length);
    pil_output_spaces(output, length < TOPIC_COLUMNS ? TOPIC_COLUMNS - length : 0);
}

static void put_text(pil_output *output, const char *topic, const pil_measures *measures)
{
    put_topic(output, topic);
    for (size_t i = 0; i < PIL_N_MEASURES; i++)
        pil_output_format(output, "%*.4f", VALUE_COLUMNS, measures->values[i]);
    pil_output_string(output, "\n");
}

static void put_table(pil_output *output, char separator, const char *topic,
                      const pil_measures *measures)
{
    pil_table_put_field(output, separator, topic, strlen(topic));
    for (size_t i = 0; i < PIL_N_MEASURES; i++)
        pil_output_format(output, "%c%.4f", separator, measures->values[i]);
    pil_output_string(output, "\n");
}

static void put_json(pil_output *output, const char *topic, const pil_measures *measures,
                     size_t n_topics)
{
    json_t *object = json_object();
    bool ok = pil_json_set(object, "v", json_integer(PIL_JSON_VERSION)) &&
              pil_json_set(object, "type", json_string("evaluation")) &&
              pil_json_set(object, "topic",
                           topic == NULL ? json_null() : pil_json_string(topic, strlen(topic)));
    if (ok && topic == NULL)
        ok = pil_json_set(object, "topics", json_integer((json_int_t)n_topics));
    for (size_t i = 0; i < PIL_N_MEASURES && ok; i++)
        ok = pil_json_set(object, pil_measure_names[i], json_real(measures->values[i]));
    if (!ok || !pil_json_put_line(output, object))
        output->failed = PIL_NO_MEMORY;
    json_decref(object);
}

void pil_evaluation_begin(pil_output *output, pil_query_format format)
{
    if (format == PIL_QUERY_JSON)
        return;
    bool is_text = format == PIL_QUERY_TEXT;
    if (is_text)
        put_topic(output, "topic");
    else
        pil_output_string(output, "topic");
    for (size_t i = 0; i < PIL_N_MEASURES; i++)
        if (is_text)
            pil_output_format(output, "%*s", VALUE_COLUMNS, pil_measure_titles[i]);
        else
            pil_output_format(output, "%c%s", format == PIL_QUERY_CSV ? ',' : '\t',
                              pil_measure_names[i]);
    pil_output_string(output, "\n");
}

void pil_evaluation_line(pil_output *output, pil_query_format format, const char *topic,
                         const pil_measures *measures, size_t n_topics)
{
    const char *name = topic == NULL ? "mean" : topic;
    if (format == PIL_QUERY_JSON)
        put_json(output, topic, measures, n_topics);
    else if (format == PIL_QUERY_TEXT)
        put_text(output, name, measures);
    else
        put_table(output, format == PIL_QUERY_CSV ? ',' : '\t', name, measures);
}
