#include "mail_quotes.h"

#include <stdbool.h>
#include <string.h>

/* The line at text[at], without its end; *next is where the one behind it begins. */
static size_t line_length(const char *text, size_t length, size_t at, size_t *next)
{
    const char *end = memchr(text + at, '\n', length - at);
    size_t n = end == NULL ? length - at : (size_t)(end - text) - at;
    *next = at + n + (end != NULL);
    while (n > 0 && text[at + n - 1] == '\r')
        n--;
    return n;
}

static bool is_quoted(const char *line, size_t n)
{
    /* Mailboxes quote a line that begins with "From ". */
    return n > 0 && line[0] == '>' && !(n > 6 && memcmp(line, ">From ", 6) == 0);
}

static bool is_blank(const char *line, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (line[i] != ' ' && line[i] != '\t')
            return false;
    }
    return true;
}

static bool begins_with(const char *line, size_t n, const char *words)
{
    size_t length = strlen(words);
    return n >= length && memcmp(line, words, length) == 0;
}

static bool introduces_quote(const char *line, size_t n)
{
    return n > 0 && line[n - 1] == ':';
}

/* Whether what follows the lines from at on, blank ones aside, is quoted. One more line may belong
 * to an introduction that was broken. */
static bool quote_follows(const char *text, size_t length, size_t at)
{
    size_t next;
    for (; at < length; at = next) {
        size_t n = line_length(text, length, at, &next);
        if (!is_blank(text + at, n))
            return is_quoted(text + at, n);
    }
    return false;
}

/* The end of an introduction that begins at text[at]: one line or two that end in a colon, before a
 * quotation; at when it is none. */
static size_t skip_introduction(const char *text, size_t length, size_t at)
{
    size_t second, third;
    size_t n = line_length(text, length, at, &second);
    if (introduces_quote(text + at, n))
        return quote_follows(text, length, second) ? second : at;
    if (n == 0 || second >= length || !begins_with(text + at, n, "On "))
        return at;
    n = line_length(text, length, second, &third);
    return introduces_quote(text + second, n) && quote_follows(text, length, third) ? third : at;
}

pil_status pil_mail_drop_quotes(const char *text, size_t length, pil_buffer *out)
{
    pil_status status = PIL_OK;
    size_t next;
    for (size_t at = 0; at < length && status == PIL_OK; at = next) {
        size_t n = line_length(text, length, at, &next);
        const char *line = text + at;
        if ((n == 3 && memcmp(line, "-- ", 3) == 0) ||
            begins_with(line, n, "-----Original Message-----") ||
            begins_with(line, n, "________________________________"))
            break;
        size_t behind = skip_introduction(text, length, at);
        if (behind > at) {
            next = behind;
            continue;
        }
        if (is_quoted(line, n))
            continue;
        size_t n_mark = begins_with(line, n, ">From ");
        status = pil_buffer_append(out, line + n_mark, n - n_mark);
        if (status == PIL_OK)
            status = pil_buffer_append_byte(out, '\n');
    }
    return status;
}
