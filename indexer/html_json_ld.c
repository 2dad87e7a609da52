/* What schema.org's JSON-LD in a page says of it: https://schema.org/Article. */
#include "read_internal.h"

#include <jansson.h>
#include <string.h>

/* As html_metadata.c ranks them. */
enum { RANK_OF_HEADLINE = 2, RANK_OF_AUTHOR = 2, RANK_OF_DATE = 1, RANK_OF_LANGUAGE = 2 };
enum { RANK_OF_PUBLISHER = 2, DEPTH_MAX = 4, THINGS_MAX = 100 };

/* Whether the thing is one that a page is, not one that is mentioned: an Article, a NewsArticle, a
 * Report, a WebPage... */
static bool is_work(const json_t *thing)
{
    static const char *const words[] = {"Article", "Posting", "Report", "CreativeWork",
                                        "WebPage", "Book",    "Thesis", "Chapter"};
    const json_t *type = json_object_get(thing, "@type");
    if (json_is_array(type))
        type = json_array_get(type, 0);
    const char *name = json_string_value(type);
    for (size_t i = 0; name != NULL && i < sizeof words / sizeof words[0]; i++) {
        if (strstr(name, words[i]) != NULL)
            return true;
    }
    return false;
}

/* A string, or the name of a person or organisation, or each of a list of these. */
static pil_status take(pil_html_extract *extract, pil_read_field field, int rank,
                       const json_t *value, int depth)
{
    pil_status status = PIL_OK;
    if (json_is_string(value))
        return pil_html_metadata_set(extract, field, rank, json_string_value(value),
                                     json_string_length(value));
    if (json_is_object(value) && depth < DEPTH_MAX)
        return take(extract, field, rank, json_object_get(value, "name"), depth + 1);
    for (size_t i = 0; i < json_array_size(value) && i < THINGS_MAX && status == PIL_OK; i++)
        status = depth < DEPTH_MAX ? take(extract, field, rank, json_array_get(value, i), depth + 1)
                                   : PIL_OK;
    return status;
}

static pil_status take_work(pil_html_extract *extract, const json_t *work)
{
    static const struct {
        const char *name;
        pil_read_field field;
        int rank;
    } properties[] = {
        {"headline", PIL_FIELD_TITLE, RANK_OF_HEADLINE},
        {"author", PIL_FIELD_AUTHOR, RANK_OF_AUTHOR},
        {"datePublished", PIL_FIELD_DATE, RANK_OF_DATE},
        {"inLanguage", PIL_FIELD_LANGUAGE, RANK_OF_LANGUAGE},
        {"publisher", PIL_FIELD_SOURCE, RANK_OF_PUBLISHER},
    };
    pil_status status = PIL_OK;
    for (size_t i = 0; i < sizeof properties / sizeof properties[0] && status == PIL_OK; i++)
        status = take(extract, properties[i].field, properties[i].rank,
                      json_object_get(work, properties[i].name), 0);
    return status;
}

/* A thing, a list of things, or a graph of them. */
static pil_status take_things(pil_html_extract *extract, const json_t *things, int depth)
{
    pil_status status = PIL_OK;
    if (depth == DEPTH_MAX)
        return PIL_OK;
    for (size_t i = 0; i < json_array_size(things) && i < THINGS_MAX && status == PIL_OK; i++)
        status = take_things(extract, json_array_get(things, i), depth + 1);
    if (!json_is_object(things) || status != PIL_OK)
        return status;
    return is_work(things) ? take_work(extract, things)
                           : take_things(extract, json_object_get(things, "@graph"), depth + 1);
}

pil_status pil_html_json_ld_add(pil_html_extract *extract, const char *json, size_t length)
{
    json_t *things = json_loadb(json, length, 0, NULL);
    /* What is no JSON says nothing. */
    pil_status status = things == NULL ? PIL_OK : take_things(extract, things, 0);
    json_decref(things);
    return status;
}
