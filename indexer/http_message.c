#include "http_message.h"

#include "unpack.h"

#include <archive_entry.h>
#include <string.h>
#include <strings.h>

bool pil_http_header(const char *head, size_t length, const char *name, const char **value,
                     size_t *value_length)
{
    size_t n = strlen(name);
    for (size_t at = 0; at < length;) {
        const char *line = head + at;
        const char *end = memchr(line, '\n', length - at);
        size_t line_length = end == NULL ? length - at : (size_t)(end - line);
        at += line_length + 1;
        if (line_length <= n || line[n] != ':' || strncasecmp(line, name, n) != 0)
            continue;
        const char *from = line + n + 1, *to = line + line_length;
        while (from < to && (*from == ' ' || *from == '\t'))
            from++;
        while (to > from && (to[-1] == ' ' || to[-1] == '\t' || to[-1] == '\r'))
            to--;
        *value = from;
        *value_length = (size_t)(to - from);
        return true;
    }
    return false;
}

size_t pil_http_head_length(const char *message, size_t length)
{
    for (size_t at = 0; at + 1 < length; at++) {
        const char *end = memchr(message + at, '\n', length - at);
        if (end == NULL)
            return 0;
        at = (size_t)(end - message);
        if (at + 1 < length && message[at + 1] == '\n')
            return at + 2;
        if (at + 2 < length && message[at + 1] == '\r' && message[at + 2] == '\n')
            return at + 3;
    }
    return 0;
}

static bool has_value(const char *head, size_t length, const char *name, const char *word)
{
    const char *value;
    size_t n, word_length = strlen(word);
    if (!pil_http_header(head, length, name, &value, &n))
        return false;
    for (size_t at = 0; at + word_length <= n; at++) {
        if (strncasecmp(value + at, word, word_length) == 0)
            return true;
    }
    return false;
}

/* A length in hex at the start of a chunk; moves *at behind its line. SIZE_MAX when it is none. */
static size_t chunk_length(const char *body, size_t length, size_t *at)
{
    size_t n = 0, begin = *at;
    for (; *at < length && *at - begin < 8; ++*at) {
        char c = body[*at];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            break;
        n = n * 16 + (size_t)digit;
    }
    const char *end = *at > begin && *at < length ? memchr(body + *at, '\n', length - *at) : NULL;
    if (end == NULL)
        return SIZE_MAX;
    *at = (size_t)(end - body) + 1;
    return n;
}

/* Appends the chunks of body to out; what comes behind a broken one is lost. Archives often keep a
 * body without the chunks that its head promises: false, then. */
static bool join_chunks(const char *body, size_t length, pil_buffer *out, pil_status *status)
{
    for (size_t at = 0; at < length && *status == PIL_OK;) {
        size_t n = chunk_length(body, length, &at);
        if (n == SIZE_MAX)
            return at > 0 && out->length > 0;
        if (n == 0)
            return true;
        if (n > length - at)
            n = length - at;
        *status = pil_buffer_append(out, body + at, n);
        at += n;
        while (at < length && (body[at] == '\r' || body[at] == '\n'))
            at++;
    }
    return true;
}

static pil_status decompress(const char *body, size_t length, uint64_t *room, pil_buffer *out,
                             pil_error *err)
{
    struct archive_entry *entry;
    struct archive *archive = pil_unpack_new();
    if (archive == NULL)
        return pil_error_no_memory(err);
    archive_read_support_format_raw(archive);
    pil_status status =
        archive_read_open_memory(archive, body, length) != ARCHIVE_OK ||
                archive_read_next_header(archive, &entry) != ARCHIVE_OK
            ? pil_error_set(err, PIL_BAD_INPUT, "its page is compressed in a way that is not read")
            : pil_unpack(archive, out, room, "page", err);
    archive_read_free(archive);
    return status;
}

pil_status pil_http_body(const char *message, size_t length, uint64_t *room, pil_buffer *scratch,
                         const char **body, size_t *body_length, pil_error *err)
{
    size_t head = pil_http_head_length(message, length);
    const char *code = head > 12 ? memchr(message, ' ', 12) : NULL;
    if (code == NULL || memcmp(message, "HTTP/", 5) != 0)
        return pil_error_set(err, PIL_BAD_INPUT, "not an answer of a web server");
    if (code[1] != '2')
        return pil_error_set(err, PIL_BAD_INPUT, "the server had no such page");
    *body = message + head;
    *body_length = length - head;
    pil_buffer_clear(scratch);
    if (has_value(message, head, "Transfer-Encoding", "chunked")) {
        pil_status status = PIL_OK;
        bool is_joined = join_chunks(*body, *body_length, scratch, &status);
        if (status != PIL_OK)
            return pil_error_no_memory(err);
        if (is_joined) {
            *body = scratch->bytes;
            *body_length = scratch->length;
        }
    }
    if (!has_value(message, head, "Content-Encoding", "gzip"))
        return PIL_OK;
    pil_buffer unpacked;
    pil_buffer_init(&unpacked, SIZE_MAX - 1);
    pil_status status = decompress(*body, *body_length, room, &unpacked, err);
    pil_buffer_dispose(scratch);
    *scratch = unpacked;
    *body = unpacked.bytes;
    *body_length = unpacked.length;
    return status;
}
