#include "search/filter.h"

#include "search/dates.h"
#include "text/analyser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

static const struct {
    const char *name;
    pil_filter_field field;
} names[] = {
    {"title:", PIL_FILTER_TITLE},   {"author:", PIL_FILTER_AUTHOR},
    {"source:", PIL_FILTER_SOURCE}, {"heading:", PIL_FILTER_HEADING},
    {"path:", PIL_FILTER_PATH},     {"lang:", PIL_FILTER_LANGUAGE},
    {"date:", PIL_FILTER_DATE},     {"year:", PIL_FILTER_DATE},
    {"after:", PIL_FILTER_AFTER},   {"before:", PIL_FILTER_BEFORE},
};

size_t pil_filter_name(const char *text, size_t length, pil_filter_field *field)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t n = strlen(names[i].name);
        if (length >= n && memcmp(text, names[i].name, n) == 0) {
            *field = names[i].field;
            return n;
        }
    }
    return 0;
}

/* ---- values ---- */

static bool is_dated(const pil_filter *filter)
{
    return filter->field == PIL_FILTER_DATE || filter->field == PIL_FILTER_AFTER ||
           filter->field == PIL_FILTER_BEFORE;
}

/* Whether value is a date or, if that makes sense for the field, two. */
static bool read_value(const pil_filter *filter, const char *value, uint32_t today,
                       uint32_t *first_day, uint32_t *last_day)
{
    return pil_dates_read(value, today, first_day, last_day) &&
           (filter->field == PIL_FILTER_DATE || strstr(value, "..") == NULL);
}

static pil_status read_days(pil_filter *filter, uint32_t today, pil_error *err)
{
    bool is_one = filter->field != PIL_FILTER_DATE;
    if (strlen(filter->value) != filter->value_bytes ||
        !read_value(filter, filter->value, today, &filter->first_day, &filter->last_day))
        return pil_error_set(err, PIL_BAD_QUERY,
                             "%.40s is no date: write 2023, 2023-05 or 2023-05-17%s", filter->value,
                             is_one ? "" : ", or two with .. between");
    if (filter->first_day > filter->last_day)
        return pil_error_set(err, PIL_BAD_QUERY, "%.40s ends before it begins", filter->value);
    /* What is after a month may begin in it, what is before it ends before its first day. */
    if (filter->field == PIL_FILTER_AFTER)
        filter->last_day = UINT32_MAX;
    if (filter->field == PIL_FILTER_BEFORE) {
        filter->last_day = filter->first_day - 1;
        filter->first_day = 0;
    }
    return PIL_OK;
}

static pil_status check_language(const pil_filter *filter, pil_error *err)
{
    char code[PIL_LANGUAGE_MAX];
    if (pil_language_normalise(filter->value, code))
        return PIL_OK;
    return pil_error_set(err, PIL_BAD_QUERY,
                         "lang:%.40s is no language; write a code, as en, sr or pt", filter->value);
}

pil_status pil_filter_read(pil_filter *filter, uint32_t today, pil_error *err)
{
    if (filter->field == PIL_FILTER_LANGUAGE)
        return check_language(filter, err);
    return is_dated(filter) ? read_days(filter, today, err) : PIL_OK;
}

const char *pil_filter_field_name(pil_filter_field field)
{
    size_t i = 0;
    while (names[i].field != field)
        i++;
    return names[i].name;
}

pil_status pil_filter_correct(const pil_filter *filter, char **out)
{
    uint32_t first_day, last_day;
    char value[PIL_DATES_CORRECTED_BYTES];
    bool is_corrected = is_dated(filter) && pil_dates_correct(filter->value, value) &&
                        read_value(filter, value, 0, &first_day, &last_day) &&
                        first_day <= last_day;
    size_t size = sizeof value + strlen(pil_filter_field_name(filter->field)) + 1;
    *out = malloc(size);
    if (*out == NULL)
        return PIL_NO_MEMORY;
    snprintf(*out, size, "%s%s", is_corrected ? pil_filter_field_name(filter->field) : "",
             is_corrected ? value : "");
    return PIL_OK;
}
