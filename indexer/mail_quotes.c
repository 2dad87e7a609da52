#include "mail_quotes.h"

#include <stdbool.h>
#include <stdlib.h>
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

/* ---- HTML ---- */

/* A block that is, or begins, what is not of this mail, as are all that follow. */
static bool begins_other_mail(const pil_block *block)
{
    size_t second, third, n = line_length(block->text, block->length_bytes, 0, &second);
    if ((n == 2 && memcmp(block->text, "--", 2) == 0) ||
        begins_with(block->text, n, "-----Original Message-----"))
        return true;
    if (!begins_with(block->text, n, "From:") || second >= block->length_bytes)
        return false;
    n = line_length(block->text, block->length_bytes, second, &third);
    return begins_with(block->text + second, n, "Sent:") ||
           begins_with(block->text + second, n, "Date:");
}

/* Cuts off the line or two at the end of a block that introduce a quotation. What is left may be
 * empty. */
static void cut_introduction(pil_block *block)
{
    size_t length = block->length_bytes, begin = length, before;
    if (length == 0 || !introduces_quote(block->text, length))
        return;
    while (begin > 0 && block->text[begin - 1] != '\n')
        begin--;
    for (before = begin > 0 ? begin - 1 : 0; before > 0 && block->text[before - 1] != '\n';)
        before--;
    if (begin > 0 && begins_with(block->text + before, begin - before, "On "))
        begin = before;
    while (begin > 0 && block->text[begin - 1] == '\n')
        begin--;
    block->length_bytes = begin;
    block->end_byte = block->begin_byte + begin;
}

pil_status pil_mail_drop_quoted_blocks(pil_html_extract *html)
{
    bool *is_dropped = calloc(html->n_blocks + 1, sizeof *is_dropped);
    bool is_over = false;
    if (is_dropped == NULL)
        return PIL_NO_MEMORY;
    for (size_t i = 0; i < html->n_blocks; i++) {
        bool is_quotation = html->places[i].in_quotation;
        is_over = is_over || (!is_quotation && begins_other_mail(&html->blocks[i]));
        is_dropped[i] = is_over || is_quotation;
        if (!is_quotation || is_over || i == 0 || is_dropped[i - 1])
            continue;
        cut_introduction(&html->blocks[i - 1]);
        is_dropped[i - 1] = html->blocks[i - 1].length_bytes == 0;
    }
    pil_html_drop_blocks(html, is_dropped);
    free(is_dropped);
    return PIL_OK;
}
