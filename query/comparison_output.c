#include "comparison_output.h"

#include "json_value.h"
#include "table_field.h"

#include <string.h>

/* ---- tables ---- */

static void put_values(pil_output *output, char separator, const char *name, size_t measure,
                       double a, double b, double difference)
{
    pil_table_put_field(output, separator, name, strlen(name));
    pil_output_format(output, "%c%s%c%.4f%c%.4f%c%.4f", separator, pil_measure_names[measure],
                      separator, a, separator, b, separator, difference);
}

static void put_table_topic(pil_output *output, char separator, const pil_compared_topic *topic)
{
    for (size_t i = 0; i < PIL_N_MEASURES; i++) {
        put_values(output, separator, topic->id, i, topic->ways[PIL_WAY_A].values[i],
                   topic->ways[PIL_WAY_B].values[i], pil_compared_difference(topic, i));
        pil_output_format(output, "%c%c%c%c%c\n", separator, separator, separator, separator,
                          separator);
    }
}

static void put_table_means(pil_output *output, char separator, size_t measure,
                            const pil_compared_means *means)
{
    double a = means->ways[PIL_WAY_A], b = means->ways[PIL_WAY_B];
    put_values(output, separator, "mean", measure, a, b, b - a);
    if (a > 0)
        pil_output_format(output, "%c%.4f", separator, (b - a) / a);
    else
        pil_output_format(output, "%c", separator);
    pil_output_format(output, "%c%zu%c%zu%c%zu%c%.7f\n", separator, means->n_wins[PIL_WAY_A],
                      separator, means->n_wins[PIL_WAY_B], separator, means->n_ties, separator,
                      means->test.p);
}

static void put_table_names(pil_output *output, char separator)
{
    static const char *const names[] = {"topic",  "measure", "a",      "b",    "difference",
                                        "change", "a_wins",  "b_wins", "ties", "p"};
    size_t n = sizeof names / sizeof names[0];
    for (size_t i = 0; i < n; i++)
        pil_output_format(output, "%s%c", names[i], i + 1 < n ? separator : '\n');
}

pil_status pil_comparison_table(FILE *out, char separator, const pil_comparison *comparison,
                                pil_error *err)
{
    pil_output output;
    pil_status status = PIL_OK;
    pil_output_init(&output, out);
    put_table_names(&output, separator);
    for (size_t i = 0; i < comparison->n_topics && status == PIL_OK; i++) {
        put_table_topic(&output, separator, &comparison->topics[i]);
        status = pil_output_flush(&output, err);
    }
    for (size_t i = 0; i < PIL_N_MEASURES; i++)
        put_table_means(&output, separator, i, &comparison->means[i]);
    if (status == PIL_OK)
        status = pil_output_finish(&output, err);
    pil_output_dispose(&output);
    return status;
}

/* ---- JSON ---- */

/* An object with what a measure is; NULL when memory ran out. */
static json_t *make_values(double a, double b, double difference)
{
    json_t *object = json_object();
    if (pil_json_set(object, "a", json_real(a)) && pil_json_set(object, "b", json_real(b)) &&
        pil_json_set(object, "difference", json_real(difference)))
        return object;
    json_decref(object);
    return NULL;
}

static json_t *make_means(const pil_compared_means *means)
{
    double a = means->ways[PIL_WAY_A], b = means->ways[PIL_WAY_B];
    json_t *object = make_values(a, b, b - a);
    if (object != NULL &&
        pil_json_set(object, "change", a > 0 ? json_real((b - a) / a) : json_null()) &&
        pil_json_set(object, "a_wins", json_integer((json_int_t)means->n_wins[PIL_WAY_A])) &&
        pil_json_set(object, "b_wins", json_integer((json_int_t)means->n_wins[PIL_WAY_B])) &&
        pil_json_set(object, "ties", json_integer((json_int_t)means->n_ties)) &&
        pil_json_set(object, "p", json_real(means->test.p)) &&
        pil_json_set(object, "is_exact", json_boolean(means->test.is_exact)))
        return object;
    json_decref(object);
    return NULL;
}

static json_t *make_options(const pil_comparison *comparison)
{
    const char *a = comparison->options[PIL_WAY_A], *b = comparison->options[PIL_WAY_B];
    json_t *object = json_object();
    if (pil_json_set(object, "a", pil_json_string(a, strlen(a))) &&
        pil_json_set(object, "b", pil_json_string(b, strlen(b))))
        return object;
    json_decref(object);
    return NULL;
}

/* topic is NULL for the means. */
static void put_json(pil_output *output, const pil_comparison *comparison,
                     const pil_compared_topic *topic)
{
    json_t *object = json_object();
    bool ok =
        pil_json_set(object, "v", json_integer(PIL_JSON_VERSION)) &&
        pil_json_set(object, "type", json_string("comparison")) &&
        pil_json_set(object, "topic",
                     topic == NULL ? json_null() : pil_json_string(topic->id, strlen(topic->id)));
    if (ok && topic == NULL)
        ok = pil_json_set(object, "topics", json_integer((json_int_t)comparison->n_topics)) &&
             pil_json_set(object, "options", make_options(comparison));
    for (size_t i = 0; i < PIL_N_MEASURES && ok; i++)
        ok = pil_json_set(object, pil_measure_names[i],
                          topic == NULL ? make_means(&comparison->means[i])
                                        : make_values(topic->ways[PIL_WAY_A].values[i],
                                                      topic->ways[PIL_WAY_B].values[i],
                                                      pil_compared_difference(topic, i)));
    if (!ok || !pil_json_put_line(output, object))
        output->failed = PIL_NO_MEMORY;
    json_decref(object);
}

pil_status pil_comparison_json(FILE *out, const pil_comparison *comparison, pil_error *err)
{
    pil_output output;
    pil_status status = PIL_OK;
    pil_output_init(&output, out);
    for (size_t i = 0; i < comparison->n_topics && status == PIL_OK; i++) {
        put_json(&output, comparison, &comparison->topics[i]);
        status = pil_output_flush(&output, err);
    }
    put_json(&output, comparison, NULL);
    if (status == PIL_OK)
        status = pil_output_finish(&output, err);
    pil_output_dispose(&output);
    return status;
}
