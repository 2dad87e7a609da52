#include "date.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A date as far as it is known: month and day are 0 when they are not. */
typedef struct date {
    unsigned year, month, day;
    char time[24]; /* "T10:00:00+01:00", or "" */
} date;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* ---- parts ---- */

/* Reads at most max digits at *at; returns how many there are, and moves behind them. More than max
 * are none. */
static unsigned read_digits(const char **at, unsigned max, unsigned *number)
{
    unsigned n = 0;
    *number = 0;
    while (n < max && is_digit((*at)[n])) {
        *number = *number * 10 + (unsigned)((*at)[n] - '0');
        n++;
    }
    if (is_digit((*at)[n]))
        n = *number = 0;
    *at += n;
    return n;
}

static bool is_year(unsigned year)
{
    return year >= 1000 && year <= 2999;
}

static bool is_day(unsigned year, unsigned month, unsigned day)
{
    static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (month != 2 || day != 29 || is_leap);
}

static void skip_spaces(const char **at)
{
    while (**at == ' ' || **at == ',')
        ++*at;
}

/* An English month, whole or its first three letters (and "Sept"), with a point perhaps. 0: none.
 */
static unsigned read_month(const char **at)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    size_t n = 0;
    while (is_letter((*at)[n]))
        n++;
    for (unsigned i = 0; i < 12 && n >= 3; i++) {
        size_t length = strlen(months[i]);
        bool is_short = n == 3 || (n == 4 && i == 8);
        if (n <= length && strncasecmp(*at, months[i], n) == 0 && (n == length || is_short)) {
            *at += n + ((*at)[n] == '.');
            return i + 1;
        }
    }
    return 0;
}

/* ---- times ---- */

/* "+0100", "+01:00", "Z", "GMT", "UTC", "EST"...; nothing when the zone is not said. False when
 * there is something else. */
static bool read_zone(const char **at, char zone[8])
{
    unsigned hours, minutes;
    zone[0] = '\0';
    while (**at == ' ')
        ++*at;
    if (**at == '\0')
        return true;
    if (strcmp(*at, "Z") == 0 || strcmp(*at, "z") == 0 || strcmp(*at, "GMT") == 0 ||
        strcmp(*at, "UTC") == 0) {
        memcpy(zone, "Z", 2);
        return true;
    }
    char sign = **at;
    const char *digits = *at + 1;
    if ((sign != '+' && sign != '-') || sscanf(digits, "%2u:%2u", &hours, &minutes) != 2) {
        if ((sign != '+' && sign != '-') || sscanf(digits, "%2u%2u", &hours, &minutes) != 2)
            return false;
    }
    if (hours > 14 || minutes > 59)
        return false;
    snprintf(zone, 8, "%c%02u:%02u", sign, hours % 100, minutes % 100);
    return true;
}

/* The time behind a date: nothing, or "10:00", "10:00:00", "10:00:00.5" and a zone. What else is
 * there is lost: "22 November 2023, in the evening" is a date. */
static void read_time(const char *at, char time[24])
{
    unsigned hour, minute, second;
    char zone[8];
    time[0] = '\0';
    if (*at == 'T' || *at == 't')
        at++;
    skip_spaces(&at);
    const char *begin = at;
    if (read_digits(&at, 2, &hour) == 0 || *at != ':' || hour > 23)
        return;
    at++;
    if (read_digits(&at, 2, &minute) != 2 || minute > 59)
        return;
    bool has_second = *at == ':';
    second = 0;
    if (has_second) {
        at++;
        if (read_digits(&at, 2, &second) != 2 || second > 60)
            return;
        if (*at == '.') {
            at++;
            while (is_digit(*at))
                at++;
        }
    }
    if (at == begin || !read_zone(&at, zone))
        return;
    if (has_second)
        snprintf(time, 24, "T%02u:%02u:%02u%s", hour, minute, second, zone);
    else
        snprintf(time, 24, "T%02u:%02u%s", hour, minute, zone);
}

/* ---- whole dates ---- */

/* "2023", "2023-11", "2023/11/22T10:00", "20231122". */
static bool read_iso(const char *at, date *out)
{
    unsigned n = read_digits(&at, 8, &out->year);
    if (n == 8) {
        out->day = out->year % 100;
        out->month = out->year / 100 % 100;
        out->year /= 10000;
        return is_year(out->year) && is_day(out->year, out->month, out->day) && *at == '\0';
    }
    if (n != 4 || !is_year(out->year))
        return false;
    if (*at == '\0')
        return true;
    char separator = *at++;
    if ((separator != '-' && separator != '/' && separator != '.') ||
        read_digits(&at, 2, &out->month) == 0 || out->month < 1 || out->month > 12)
        return false;
    if (*at == '\0')
        return true;
    if (*at++ != separator || read_digits(&at, 2, &out->day) == 0)
        return false;
    read_time(at, out->time);
    return is_day(out->year, out->month, out->day) &&
           (*at == '\0' || *at == 'T' || *at == 't' || *at == ' ' || *at == ',');
}

/* "22.11.2023". */
static bool read_points(const char *at, date *out)
{
    if (read_digits(&at, 2, &out->day) == 0 || *at++ != '.')
        return false;
    while (*at == ' ')
        at++;
    if (read_digits(&at, 2, &out->month) == 0 || *at++ != '.')
        return false;
    while (*at == ' ')
        at++;
    if (read_digits(&at, 4, &out->year) != 4 || !is_year(out->year))
        return false;
    read_time(at, out->time);
    return is_day(out->year, out->month, out->day);
}

/* "Wed, 22 Nov 2023 10:00:00 +0100", "November 22, 2023", "22nd of November 2023", "Nov 2023". */
static bool read_words(const char *at, date *out)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        if (strncasecmp(at, days[i], 3) != 0 || read_month(&(const char *){at}) != 0)
            continue;
        while (is_letter(*at))
            at++;
        at += *at == '.';
        break;
    }
    skip_spaces(&at);
    if (read_digits(&at, 2, &out->day) > 0) {
        if (is_letter(*at) && is_letter(at[1]) && !is_letter(at[2])) /* 22nd */
            at += 2;
        at += *at == '.';
        skip_spaces(&at);
        if (*at == '-')
            at++;
        if (strncasecmp(at, "of ", 3) == 0)
            at += 3;
        out->month = read_month(&at);
    } else {
        out->month = read_month(&at);
        skip_spaces(&at);
        const char *behind = at;
        if (read_digits(&behind, 2, &out->day) > 0) {
            at = behind;
            if (is_letter(*at) && is_letter(at[1]) && !is_letter(at[2]))
                at += 2;
        }
    }
    skip_spaces(&at);
    if (*at == '-')
        at++;
    if (out->month == 0 || read_digits(&at, 4, &out->year) != 4 || !is_year(out->year))
        return false;
    read_time(at, out->time);
    return out->day == 0 || is_day(out->year, out->month, out->day);
}

static void write_date(const date *from, char out[PIL_DATE_BYTES])
{
    if (from->month == 0)
        snprintf(out, PIL_DATE_BYTES, "%04u", from->year % 10000);
    else if (from->day == 0)
        snprintf(out, PIL_DATE_BYTES, "%04u-%02u", from->year % 10000, from->month % 100);
    else
        snprintf(out, PIL_DATE_BYTES, "%04u-%02u-%02u%s", from->year % 10000, from->month % 100,
                 from->day % 100, from->time);
}

bool pil_date_normalise(const char *text, char out[PIL_DATE_BYTES])
{
    bool (*const readers[])(const char *, date *) = {read_iso, read_points, read_words};
    out[0] = '\0';
    skip_spaces(&text);
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        date found = {0};
        if (!readers[i](text, &found))
            continue;
        write_date(&found, out);
        return true;
    }
    return false;
}

/* ---- in names ---- */

/* A date at name[0..]: "2023-11-22", "2023_11", "2023/11/22", "20231122"; how many parts it has. */
static unsigned read_named(const char *name, date *out)
{
    unsigned n = read_digits(&name, 8, &out->year);
    if (n == 8) {
        out->day = out->year % 100;
        out->month = out->year / 100 % 100;
        out->year /= 10000;
        return is_day(out->year, out->month, out->day) ? 3 : 0;
    }
    char separator = *name;
    if (n != 4 || (separator != '-' && separator != '_' && separator != '/' && separator != '.'))
        return 0;
    name++;
    if (read_digits(&name, 2, &out->month) != 2 || out->month < 1 || out->month > 12)
        return 0;
    const char *behind = name + 1;
    unsigned day;
    if (*name == separator && read_digits(&behind, 2, &day) == 2 &&
        is_day(out->year, out->month, day)) {
        out->day = day;
        return 3;
    }
    return 2;
}

bool pil_date_of_name(const char *name, char out[PIL_DATE_BYTES])
{
    unsigned best = 0;
    out[0] = '\0';
    for (const char *at = name; *at != '\0' && best < 3; at++) {
        date found = {0};
        if (at > name && is_digit(at[-1]))
            continue;
        unsigned n = read_named(at, &found);
        if (n <= best || found.year < 1900 || found.year > 2099)
            continue;
        best = n;
        write_date(&found, out);
    }
    return best > 0;
}
