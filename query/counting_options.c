#include "counting_options.h"

#include <string.h>

/* Adds the field called name[0..length), unless it is there. */
static pil_status add_facet(pil_query_options *options, const char *name, size_t length,
                            pil_error *err)
{
    for (int field = 0; field < PIL_FACET_N_FIELDS; field++) {
        const char *known = pil_facet_name((pil_facet_field)field);
        if (strlen(known) != length || memcmp(known, name, length) != 0)
            continue;
        for (size_t i = 0; i < options->n_facets; i++)
            if (options->facets[i] == (pil_facet_field)field)
                return PIL_OK;
        options->facets[options->n_facets++] = (pil_facet_field)field;
        return PIL_OK;
    }
    return pil_error_set(err, PIL_INVALID_ARGUMENT,
                         "--facet: '%.*s' is none of source, year, author, lang",
                         (int)(length < 40 ? length : 40), name);
}

static pil_status read_facets(pil_query_options *options, pil_error *err)
{
    pil_status status = PIL_OK;
    for (const char *at = options->facet_list; at != NULL && status == PIL_OK;) {
        size_t length = strcspn(at, ",");
        status = add_facet(options, at, length, err);
        at = at[length] == ',' ? at + length + 1 : NULL;
    }
    return status;
}

/* The name of an option that does not go with numbers of the kind, or NULL. */
static const char *find_clash(const pil_query_options *options)
{
    if (options->get)
        return "--get";
    if (options->topics != NULL)
        return "--topics";
    if (options->timeline && options->facet_list != NULL)
        return "--facet";
    if (options->timeline && options->count)
        return "--count";
    return NULL;
}

pil_status pil_counting_options_settle(pil_query_options *options, pil_error *err)
{
    bool is_table = options->format == PIL_QUERY_CSV || options->format == PIL_QUERY_TSV;
    const char *name = options->timeline ? "--timeline" : "--facet";
    options->hides_hits = options->count || options->timeline;
    if (options->facet_list == NULL && !options->timeline)
        return PIL_OK;
    const char *clash = find_clash(options);
    if (clash != NULL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "%s and %s do not go together", clash,
                             name);
    if (!is_table && options->format != PIL_QUERY_TEXT && options->format != PIL_QUERY_JSON)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "%s goes with the formats text, json, csv and tsv only", name);
    /* A table is of hits or of facets; text and JSON have both. */
    if (is_table && options->count)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--count and --facet do not go together in csv and tsv");
    options->hides_hits |= is_table;
    if (options->timeline)
        options->facets[options->n_facets++] = PIL_FACET_YEAR;
    return read_facets(options, err);
}
