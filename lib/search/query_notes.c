#include "query_builder.h"

#include "base/utf8.h"

#include <assert.h>

/* What of the query a message repeats, at most. */
enum { SHOWN_BYTES = 40 };
enum { MAX_NOTE_BYTES = 512 };

/* A note is: before “text” after. */
static const struct {
    const char *before, *after;
} notes[PIL_N_REMARKS] = {
    [PIL_REMARK_UNBALANCED] = {"nothing closes the quote at ", ", so it was ignored"},
    [PIL_REMARK_OPEN] = {"nothing closes the parenthesis before ",
                         ", so it was taken to reach to the end"},
    [PIL_REMARK_WITHOUT_WORD] = {"there is no word in ", ", so it was left out"},
    [PIL_REMARK_NO_OPERATOR] = {"", " is no operator where it stands, so it was read as words"},
    [PIL_REMARK_CONTRADICTED] = {"", " is both asked for and excluded: what has it is left out"},
    [PIL_REMARK_ONLY_REGEX] = {"beside ", " there is no word to look up, so every paragraph is "
                                          "read: a word beside it makes that faster"},
    [PIL_REMARK_TOO_DEEP] = {"parentheses are read 32 deep; ignored were those at ", ""},
    [PIL_REMARK_TOO_LONG] = {"the query is too long: only its first 128 words are looked up, not ",
                             ""},
    [PIL_REMARK_TOO_MANY_PARTS] = {"the query has more than 512 parts: it was read up to ", ""},
};
static_assert(PIL_QUERY_MAX_WORDS == 128 && PIL_QUERY_MAX_DEPTH == 32 && PIL_QUERY_MAX_PARTS == 512,
              "notes above say so");

/* Appends “text”, mended and shortened for a message. */
static pil_status append_shown(pil_buffer *out, pil_slice text)
{
    while (text.length > 0 && *text.bytes == ' ')
        text = (pil_slice){text.bytes + 1, text.length - 1};
    size_t length = text.length;
    if (length > SHOWN_BYTES)
        length = pil_utf8_boundary(text.bytes, text.length, SHOWN_BYTES);
    pil_status status = pil_buffer_append_string(out, "“");
    if (status == PIL_OK)
        status = pil_utf8_repair(text.bytes, length, out, NULL);
    if (status == PIL_OK)
        status = pil_buffer_append_string(out, length < text.length ? "…”" : "”");
    return status;
}

/* How many more there were is told when there were. */
static pil_status add_note(pil_query_builder *b, int remark)
{
    pil_buffer note;
    pil_buffer_init(&note, MAX_NOTE_BYTES);
    pil_status status = pil_buffer_append_string(&note, notes[remark].before);
    if (status == PIL_OK)
        status = append_shown(&note, b->remarks[remark].first);
    if (status == PIL_OK)
        status = pil_buffer_append_string(&note, notes[remark].after);
    if (status == PIL_OK && b->remarks[remark].n > 1)
        status = pil_buffer_appendf(&note, " (and %zu more)", b->remarks[remark].n - 1);
    char *copy = NULL;
    if (status == PIL_OK)
        copy = pil_arena_copy(&b->query->arena, note.bytes, note.length);
    pil_buffer_dispose(&note);
    if (copy == NULL)
        return PIL_NO_MEMORY;
    b->query->notes[b->query->n_notes++] = copy;
    return PIL_OK;
}

pil_status pil_builder_finish_notes(pil_query_builder *b, pil_error *err)
{
    b->query->notes = pil_arena_alloc(&b->query->arena, PIL_N_REMARKS * sizeof *b->query->notes);
    pil_status status = b->query->notes == NULL ? PIL_NO_MEMORY : PIL_OK;
    for (int i = 0; i < PIL_N_REMARKS && status == PIL_OK; i++)
        if (b->remarks[i].n > 0)
            status = add_note(b, i);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}
