#include "search/filter.h"

#include "text/analyser.h"

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

/* ---- dates ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads n digits at *at and moves behind them. */
static bool read_digits(const char **at, int n, uint32_t *number)
{
    *number = 0;
    for (int i = 0; i < n; i++) {
        if (!is_digit((*at)[i]))
            return false;
        *number = *number * 10 + (uint32_t)((*at)[i] - '0');
    }
    *at += n;
    return !is_digit(**at);
}

static uint32_t days_of_month(uint32_t year, uint32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

/* A part behind the separator, of two digits from 1 to max; 0 when there is none. */
static uint32_t read_part(const char **at, char separator, uint32_t max)
{
    const char *behind = *at + 1;
    uint32_t number;
    if (**at != separator || !read_digits(&behind, 2, &number) || number == 0 || number > max)
        return 0;
    *at = behind;
    return number;
}

/* Reads a date at *at, its parts set apart by the separator, and moves behind it. */
static bool read_date(const char **at, char separator, uint32_t *first_day, uint32_t *last_day)
{
    uint32_t year;
    if (!read_digits(at, 4, &year))
        return false;
    uint32_t month = read_part(at, separator, 12);
    uint32_t day = month == 0 ? 0 : read_part(at, separator, days_of_month(year, month));
    uint32_t last_month = month == 0 ? 12 : month;
    *first_day = year * 10000 + (month == 0 ? 1 : month) * 100 + (day == 0 ? 1 : day);
    *last_day =
        year * 10000 + last_month * 100 + (day == 0 ? days_of_month(year, last_month) : day);
    return true;
}

bool pil_filter_days(const char *date, uint32_t *first_day, uint32_t *last_day)
{
    char separator = strlen(date) > 4 && (date[4] == '/' || date[4] == '.') ? date[4] : '-';
    return read_date(&date, separator, first_day, last_day) &&
           (*date == '\0' || *date == 'T' || *date == ' ');
}

/* A date, or two with ".." between, of which one may be missing. */
static bool read_range(const char *value, uint32_t *first_day, uint32_t *last_day)
{
    uint32_t unused;
    const char *at = value;
    *first_day = 0;
    *last_day = UINT32_MAX;
    if (strcmp(value, "..") == 0)
        return false;
    if (*at != '.' && !read_date(&at, '-', first_day, last_day))
        return false;
    if (*at == '\0')
        return true;
    if (at[0] != '.' || at[1] != '.')
        return false;
    at += 2;
    *last_day = UINT32_MAX;
    return *at == '\0' || (read_date(&at, '-', &unused, last_day) && *at == '\0');
}

static pil_status read_days(pil_filter *filter, pil_error *err)
{
    bool is_one = filter->field != PIL_FILTER_DATE;
    if (strlen(filter->value) != filter->value_bytes ||
        !read_range(filter->value, &filter->first_day, &filter->last_day) ||
        (is_one && strstr(filter->value, "..") != NULL))
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

pil_status pil_filter_read(pil_filter *filter, pil_error *err)
{
    if (filter->field == PIL_FILTER_LANGUAGE)
        return check_language(filter, err);
    bool is_date = filter->field == PIL_FILTER_DATE || filter->field == PIL_FILTER_AFTER ||
                   filter->field == PIL_FILTER_BEFORE;
    return is_date ? read_days(filter, err) : PIL_OK;
}
