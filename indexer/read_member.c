#include "read_member.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* As docs/formats.md says. */
enum { DEPTH_MAX = 3, NAME_MAX_BYTES = 512, ID_MAX_BYTES = 1024 };

/* A member being read. */
typedef struct member_reading {
    const pil_article_sink *sink; /* of what it is in */
    const char *name;             /* as it is shown */
    const char *url;
    pil_format format;
    pil_status sink_status; /* the first that was not PIL_OK */
} member_reading;

/* name as text that can be shown: valid UTF-8 of bounded length without control characters. */
static void show_name(const char *name, char shown[NAME_MAX_BYTES + 1])
{
    size_t n = 0, length = strlen(name);
    for (size_t at = 0; at < length && n + 4 <= NAME_MAX_BYTES;) {
        uint32_t c = pil_utf8_next(name, length, &at, NULL);
        bool is_control = c < ' ' || (c >= 0x7F && c < 0xA0);
        n += pil_utf8_encode(is_control ? PIL_UTF8_REPLACEMENT : c, shown + n);
    }
    shown[n] = '\0';
}

static const char *base_name(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash == NULL || slash[1] == '\0' ? name : slash + 1;
}

/* A record that has no id is known by its bytes. The member's name, and that of a member in it, are
 * the first *member_bytes. */
static void make_id(const member_reading *run, const pil_article *article, char id[ID_MAX_BYTES],
                    size_t *member_bytes)
{
    const char *inner = article->record_id;
    char digest[17];
    if (inner == NULL && pil_format_get(run->format)->has_records) {
        snprintf(digest, sizeof digest, "%016llx",
                 (unsigned long long)pil_hash64(article->raw, article->raw_bytes));
        inner = digest;
    }
    int n = snprintf(id, ID_MAX_BYTES, "%s%s%s", run->name, inner == NULL ? "" : "#",
                     inner == NULL ? "" : inner);
    if (n >= ID_MAX_BYTES)
        id[pil_utf8_boundary(id, ID_MAX_BYTES - 1, ID_MAX_BYTES - 5)] = '\0';
    *member_bytes =
        strlen(run->name) + (article->member_bytes == 0 ? 0 : 1 + article->member_bytes);
    if (*member_bytes > strlen(id))
        *member_bytes = strlen(id);
}

static pil_status on_article(void *context, const pil_article *article, pil_error *err)
{
    member_reading *run = context;
    char id[ID_MAX_BYTES];
    pil_article named = *article;
    make_id(run, article, id, &named.member_bytes);
    named.record_id = id;
    if (named.title == NULL)
        named.title = base_name(run->name);
    if (named.url == NULL)
        named.url = run->url;
    run->sink_status = run->sink->article(run->sink->context, &named, err);
    return run->sink_status;
}

static void on_note(void *context, const pil_read_note *note)
{
    const member_reading *run = context;
    pil_error message; /* which is cut between characters */
    char place[32] = "";
    if (run->sink->note == NULL)
        return;
    if (note->line > 0)
        snprintf(place, sizeof place, " line %lu:", (unsigned long)note->line);
    size_t length = strlen(run->name);
    size_t shown = pil_utf8_boundary(run->name, length, length < 100 ? length : 100);
    pil_error_set(&message, PIL_BAD_INPUT, "%.*s:%s %s", (int)shown, run->name, place,
                  note->message);
    run->sink->note(run->sink->context, &(pil_read_note){.skipped = note->skipped,
                                                         .wants_ocr = note->wants_ocr,
                                                         .message = message.message});
}

void pil_read_member_skipped(const pil_reading *outer, const char *name, const char *why)
{
    char shown[NAME_MAX_BYTES + 1];
    show_name(name, shown);
    member_reading run = {.sink = outer->sink, .name = shown};
    on_note(&run, &(pil_read_note){.skipped = true, .message = why});
}

pil_status pil_read_member(const pil_reading *outer, pil_format format, const char *name,
                           const char *url, const char *bytes, size_t length, uint64_t *unpack_room,
                           pil_error *err)
{
    char shown[NAME_MAX_BYTES + 1], shown_url[NAME_MAX_BYTES + 1];
    show_name(name, shown);
    show_name(url == NULL ? "" : url, shown_url);
    member_reading run = {.sink = outer->sink,
                          .name = shown,
                          .url = url == NULL ? NULL : shown_url,
                          .format = format};
    const pil_article_sink sink = {.article = on_article, .note = on_note, .context = &run};
    const pil_read_options options = {.file_name = base_name(name),
                                      .text_column = outer->options.text_column,
                                      .ocr_language = outer->options.ocr_language,
                                      .depth = outer->options.depth + 1,
                                      .unpack_room = unpack_room};
    pil_error failure = {0};
    if (options.depth > DEPTH_MAX) {
        pil_read_member_skipped(outer, name, "it is in more than 3 archives: not read");
        return PIL_OK;
    }
    pil_status status = pil_read_articles(format, bytes, length, &options, &sink, &failure);
    if (status == PIL_OK)
        return PIL_OK;
    if (run.sink_status != PIL_OK || status == PIL_NO_MEMORY) {
        if (err != NULL)
            *err = failure;
        return status;
    }
    on_note(&run, &(pil_read_note){.skipped = true, .message = failure.message});
    return PIL_OK;
}
