#include "search/dates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- as written in figures ---- */

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

bool pil_dates_of_article(const char *date, uint32_t *first_day, uint32_t *last_day)
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

/* ---- in words ---- */

/* Days since 0000-03-01 of the Gregorian calendar: months from March on have lengths that a line
 * through 153 days in five months gives, rounded down, and the leap day comes last. */
static int64_t number_of_day(uint32_t day)
{
    int64_t year = day / 10000, month = day / 100 % 100, shifted = (month + 9) % 12;
    year -= month <= 2;
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + day % 100 -
           1;
}

int64_t pil_dates_days_between(uint32_t from, uint32_t to)
{
    return number_of_day(to) - number_of_day(from);
}

static uint32_t day_of_number(int64_t number)
{
    int64_t year = (number * 10000 + 14780) / 3652425;
    int64_t day = number - (year * 365 + year / 4 - year / 100 + year / 400);
    if (day < 0) {
        year--;
        day = number - (year * 365 + year / 4 - year / 100 + year / 400);
    }
    int64_t shifted = (100 * day + 52) / 3060;
    int64_t month = (shifted + 2) % 12 + 1;
    year += (shifted + 2) / 12;
    day -= (shifted * 306 + 5) / 10;
    return (uint32_t)(year * 10000 + month * 100 + day + 1);
}

typedef enum date_unit { DAY, WEEK, MONTH, YEAR } date_unit;

/* The days of a whole month, n months before that of day. */
static void take_month(uint32_t day, uint32_t n, uint32_t *first_day, uint32_t *last_day)
{
    uint32_t months = day / 10000 * 12 + day / 100 % 100 - 1;
    months -= n < months ? n : months;
    uint32_t year = months / 12, month = months % 12 + 1;
    *first_day = year * 10000 + month * 100 + 1;
    *last_day = year * 10000 + month * 100 + days_of_month(year, month);
}

/* The whole unit that was n units before the one that day is in; weeks begin on Monday. */
static void take_unit(date_unit unit, uint32_t day, uint32_t n, uint32_t *first_day,
                      uint32_t *last_day)
{
    int64_t number = number_of_day(day);
    switch (unit) {
    case DAY:
        *first_day = *last_day = day_of_number(number - n);
        return;
    case WEEK:
        number -= (number + 2) % 7 + (int64_t)7 * n; /* 0000-03-01 was a Wednesday */
        *first_day = day_of_number(number);
        *last_day = day_of_number(number + 6);
        return;
    case MONTH:
        take_month(day, n, first_day, last_day);
        return;
    case YEAR:
        *first_day = (day / 10000 - n) * 10000 + 101;
        *last_day = (day / 10000 - n) * 10000 + 1231;
        return;
    }
}

/* The last n units up to today: from the same day of the month, or the last that there is. */
static void take_last(date_unit unit, uint32_t today, uint32_t n, uint32_t *first_day,
                      uint32_t *last_day)
{
    uint32_t unused, month_end;
    *last_day = today;
    if (unit == DAY || unit == WEEK) {
        *first_day = day_of_number(number_of_day(today) - (int64_t)n * (unit == WEEK ? 7 : 1));
        return;
    }
    take_month(today, unit == YEAR ? 12 * n : n, &unused, &month_end);
    uint32_t same = month_end / 100 * 100 + today % 100;
    *first_day = same < month_end ? same : month_end;
}

/* Reads "day", "days", ... */
static bool is_unit(const char *word, date_unit *out)
{
    static const char *const names[] = {"day", "week", "month", "year"};
    for (int i = DAY; i <= YEAR; i++) {
        size_t length = strlen(names[i]);
        if (strncasecmp(word, names[i], length) == 0 &&
            (word[length] == '\0' || strcasecmp(word + length, "s") == 0)) {
            *out = (date_unit)i;
            return true;
        }
    }
    return false;
}

/* A month by its name or the first three letters or more of it, from 1; 0 when it is none. */
static uint32_t month_of(const char *word)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    size_t length = strlen(word);
    for (uint32_t i = 0; i < 12 && length >= 3; i++)
        if (length <= strlen(names[i]) && strncasecmp(word, names[i], length) == 0)
            return i + 1;
    return 0;
}

/* A count of units that keeps dates in our era. */
static bool is_count(const char *word, uint32_t *n)
{
    char *end;
    *n = (uint32_t)strtoul(word, &end, 10);
    return is_digit(*word) && *end == '\0' && strlen(word) <= 3;
}

/* The words of value, set apart by blanks and hyphens, in copy; up to max, else 0. */
static size_t split(const char *value, char *copy, size_t size, char **words, size_t max)
{
    size_t n = 0;
    char *rest;
    if (strlen(value) >= size)
        return 0;
    memcpy(copy, value, strlen(value) + 1);
    for (char *word = strtok_r(copy, " -", &rest); word != NULL;
         word = strtok_r(NULL, " -", &rest)) {
        if (n == max)
            return 0;
        words[n++] = word;
    }
    return n;
}

static bool read_words(const char *value, uint32_t today, uint32_t *first_day, uint32_t *last_day)
{
    char copy[40], *words[3];
    uint32_t n_units, month;
    date_unit unit;
    size_t n = split(value, copy, sizeof copy, words, 3);
    if (n == 2 && (month = month_of(words[0])) > 0 && strlen(words[1]) == 4) {
        char figures[16];
        snprintf(figures, sizeof figures, "%s-%02u", words[1], (unsigned)month);
        const char *at = figures;
        return read_date(&at, '-', first_day, last_day) && *at == '\0';
    }
    if (n == 0 || today == 0)
        return false;
    bool is_last = strcasecmp(words[0], "last") == 0 || strcasecmp(words[0], "past") == 0;
    if (n == 1 && strcasecmp(words[0], "today") == 0)
        take_unit(DAY, today, 0, first_day, last_day);
    else if (n == 1 && strcasecmp(words[0], "yesterday") == 0)
        take_unit(DAY, today, 1, first_day, last_day);
    else if (n == 2 && strcasecmp(words[0], "this") == 0 && is_unit(words[1], &unit))
        take_unit(unit, today, 0, first_day, last_day);
    else if (n == 2 && is_last && is_unit(words[1], &unit))
        take_unit(unit, today, 1, first_day, last_day);
    else if (n == 3 && is_last && is_count(words[1], &n_units) && is_unit(words[2], &unit))
        take_last(unit, today, n_units, first_day, last_day);
    else if (n == 3 && strcasecmp(words[2], "ago") == 0 && is_count(words[0], &n_units) &&
             is_unit(words[1], &unit))
        take_unit(unit, today, n_units, first_day, last_day);
    else
        return false;
    return true;
}

bool pil_dates_read(const char *value, uint32_t today, uint32_t *first_day, uint32_t *last_day)
{
    return read_range(value, first_day, last_day) || read_words(value, today, first_day, last_day);
}

/* ---- as probably meant ---- */

/* Three numbers with a full stop, slash or hyphen between, in whatever order they make a date: the
 * year is that of four digits, and of day and month the day is the first unless it comes last. */
static bool correct_day(const char *value, char *corrected)
{
    unsigned a, b, c;
    int end = 0;
    if (sscanf(value, "%4u%*1[./-]%4u%*1[./-]%4u%n", &a, &b, &c, &end) != 3 || end == 0 ||
        value[end] != '\0')
        return false;
    bool has_year_first = a > 31;
    unsigned year = has_year_first ? a : c, day = has_year_first ? c : a, month = b;
    if (month > 12 && day <= 12) {
        unsigned other = month;
        month = day;
        day = other;
    }
    if (year < 1000 || year > 9999 || day > 31 || month > 12)
        return false;
    snprintf(corrected, PIL_DATES_CORRECTED_BYTES, "%04u-%02u-%02u", year, month, day);
    return true;
}

/* A year and a month in either order, or two years. */
static bool correct_pair(const char *value, char *corrected)
{
    unsigned a, b;
    int end = 0;
    if (sscanf(value, "%4u%*1[./-]%4u%n", &a, &b, &end) != 2 || end == 0 || value[end] != '\0' ||
        a > 9999 || b > 9999)
        return false;
    if (a >= 1000 && b >= 1000)
        snprintf(corrected, PIL_DATES_CORRECTED_BYTES, "%04u..%04u", a < b ? a : b, a < b ? b : a);
    else if ((a >= 1000) != (b >= 1000))
        snprintf(corrected, PIL_DATES_CORRECTED_BYTES, "%04u-%02u", a >= 1000 ? a : b,
                 a >= 1000 ? b : a);
    else
        return false;
    return true;
}

/* A range whose end comes first. */
static bool correct_range(const char *value, char *corrected)
{
    const char *dots = strstr(value, "..");
    if (dots == NULL || strlen(value) >= PIL_DATES_CORRECTED_BYTES)
        return false;
    snprintf(corrected, PIL_DATES_CORRECTED_BYTES, "%s..%.*s", dots + 2, (int)(dots - value),
             value);
    return true;
}

bool pil_dates_correct(const char *value, char corrected[PIL_DATES_CORRECTED_BYTES])
{
    return correct_range(value, corrected) || correct_day(value, corrected) ||
           correct_pair(value, corrected);
}
