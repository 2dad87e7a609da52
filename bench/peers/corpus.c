#include "corpus.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

void corpus_open(corpus_reader *reader, const char *path)
{
    *reader = (corpus_reader){.file = fopen(path, "r")};
    if (reader->file == NULL)
        fail(path, strerror(errno));
    setvbuf(reader->file, NULL, _IOFBF, 1 << 20);
}

void corpus_close(corpus_reader *reader)
{
    fclose(reader->file);
    free(reader->line);
}

void corpus_skip(corpus_reader *reader, size_t n)
{
    while (n > 0 && getline(&reader->line, &reader->capacity, reader->file) > 0)
        n--;
}

static char *put_utf8(char *to, uint32_t c)
{
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    } else {
        *to++ = (char)(0xF0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 0x3F));
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    }
    return to;
}

/* The code unit of the four hexadecimal digits at *from. */
static uint32_t read_unit(const char **from)
{
    char digits[5] = {0};
    for (int i = 0; i < 4 && **from != '\0'; i++)
        digits[i] = *(*from)++;
    return (uint32_t)strtoul(digits, NULL, 16);
}

static uint32_t read_code_point(const char **from)
{
    uint32_t high = read_unit(from);
    if (high < 0xD800 || high >= 0xDC00 || (*from)[0] != '\\' || (*from)[1] != 'u')
        return high == 0 ? ' ' : high;
    *from += 2;
    return 0x10000 + ((high - 0xD800) << 10) + (read_unit(from) - 0xDC00);
}

/* Decodes the string whose first byte is at from, in place, and returns what is behind it. */
static char *decode_string(char *from, const char **out, size_t *length)
{
    char *begin = from, *to = from;
    const char *at = from;
    for (;;) {
        size_t plain = strcspn(at, "\"\\");
        memmove(to, at, plain);
        to += plain;
        at += plain;
        if (*at != '\\')
            break;
        char escaped = at[1];
        at += escaped == '\0' ? 1 : 2;
        switch (escaped) {
        case 'n':
            *to++ = '\n';
            break;
        case 't':
            *to++ = '\t';
            break;
        case 'r':
            *to++ = '\r';
            break;
        case 'b':
        case 'f':
            *to++ = ' ';
            break;
        case 'u':
            to = put_utf8(to, read_code_point(&at));
            break;
        default:
            *to++ = escaped;
        }
    }
    *out = begin;
    *length = (size_t)(to - begin);
    bool is_closed = *at == '"';
    char *behind = begin + (at - begin) + (is_closed ? 1 : 0);
    if (is_closed)
        *to = '\0';
    return behind;
}

static char *read_member(char *at, article *out)
{
    const char *key, *value;
    size_t key_bytes, value_bytes;
    at = decode_string(at + 1, &key, &key_bytes);
    at += strspn(at, " :\t");
    if (*at != '"') {
        at += strcspn(at, ",}");
        return at;
    }
    at = decode_string(at + 1, &value, &value_bytes);
    if (strcmp(key, "id") == 0) {
        out->id = value;
        out->id_bytes = value_bytes;
    } else if (strcmp(key, "title") == 0) {
        out->title = value;
        out->title_bytes = value_bytes;
    } else if (strcmp(key, "text") == 0) {
        out->text = value;
        out->text_bytes = value_bytes;
    }
    return at;
}

bool corpus_next(corpus_reader *reader, article *out)
{
    if (getline(&reader->line, &reader->capacity, reader->file) <= 0)
        return false;
    *out = (article){.id = "", .title = "", .text = ""};
    char *at = reader->line;
    while (at += strcspn(at, "\"}"), *at == '"')
        at = read_member(at, out);
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* True when the line that begins at line[0..length) has nothing on it. */
static bool is_blank(const char *line, size_t length)
{
    for (size_t i = 0; i < length && line[i] != '\n'; i++)
        if (!is_space(line[i]))
            return false;
    return true;
}

bool next_paragraph(const char *text, size_t text_bytes, size_t *at, const char **paragraph,
                    size_t *paragraph_bytes)
{
    size_t begin = *at;
    while (begin < text_bytes && is_space(text[begin]))
        begin++;
    size_t end = begin;
    while (end < text_bytes) {
        const char *newline = memchr(text + end, '\n', text_bytes - end);
        end = newline == NULL ? text_bytes : (size_t)(newline - text) + 1;
        if (is_blank(text + end, text_bytes - end))
            break;
    }
    *at = end;
    while (end > begin && is_space(text[end - 1]))
        end--;
    *paragraph = text + begin;
    *paragraph_bytes = end - begin;
    return end > begin;
}
