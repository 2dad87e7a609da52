#include "set_fields.h"

#include "base/utf8.h"
#include "text/analyser.h"

#include <string.h>

static pil_status set_date(pil_set_fields *out, const char *value, pil_error *err)
{
    if (pil_date_normalise(value, out->date))
        return PIL_OK;
    return pil_error_set(err, PIL_INVALID_ARGUMENT,
                         "--set date: %.60s is no date; write 2023-11-22", value);
}

static pil_status set_language(pil_set_fields *out, const char *value, pil_error *err)
{
    _Static_assert(sizeof out->language >= PIL_LANGUAGE_MAX, "room for a code");
    if (pil_language_normalise(value, out->language))
        return PIL_OK;
    return pil_error_set(err, PIL_INVALID_ARGUMENT,
                         "--set language: %.40s is no language; write a code, as en or sr", value);
}

static pil_status set_one(pil_set_fields *out, const char *given, pil_error *err)
{
    const char *equals = strchr(given, '=');
    size_t n = equals == NULL ? 0 : (size_t)(equals - given);
    const struct {
        const char *name, **to;
    } strings[] = {
        {"title", &out->title},
        {"author", &out->author},
        {"source", &out->source},
        {"url", &out->url},
    };
    if (n == 0 || equals[1] == '\0' || !pil_utf8_is_valid(given, strlen(given)))
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--set takes FIELD=VALUE, as source=Reuters, in UTF-8");
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        if (strlen(strings[i].name) == n && memcmp(given, strings[i].name, n) == 0) {
            *strings[i].to = equals + 1;
            return PIL_OK;
        }
    }
    if (n == 4 && memcmp(given, "date", 4) == 0)
        return set_date(out, equals + 1, err);
    if (n == 8 && memcmp(given, "language", 8) == 0)
        return set_language(out, equals + 1, err);
    return pil_error_set(err, PIL_INVALID_ARGUMENT,
                         "--set knows title, author, date, language, source and url, not %.*s",
                         (int)(n < 40 ? n : 40), given);
}

pil_status pil_set_fields_parse(pil_set_fields *out, const pil_option_strings *given,
                                pil_error *err)
{
    *out = (pil_set_fields){0};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < given->n_items && status == PIL_OK; i++)
        status = set_one(out, given->items[i], err);
    return status;
}

void pil_set_fields_apply(const pil_set_fields *set, pil_article *article)
{
    if (set->title != NULL)
        article->title = set->title;
    if (set->author != NULL)
        article->author = set->author;
    if (set->source != NULL)
        article->source = set->source;
    if (set->url != NULL)
        article->url = set->url;
    if (set->date[0] != '\0')
        article->date = set->date;
    if (set->language[0] != '\0')
        article->language = set->language;
}
