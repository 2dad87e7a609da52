#include "query_fault.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "cli/terminal_text.h"

#include <stdio.h>
#include <string.h>
#include <uniwidth.h>

/* What is shown of the query on each side of the fault, and of the fault. */
enum { SIDE_BYTES = 60, FAULT_BYTES = 60 };
enum { LINE_MAX_BYTES = 4096 };

typedef struct piece {
    const char *begin;
    size_t length;
} piece;

/* Appends a piece made safe and returns how many columns it takes; a message that gets too long is
 * shown as far as it goes. */
static int append_safe(pil_buffer *line, piece text)
{
    size_t before = line->length;
    if (pil_terminal_escape(text.begin, text.length, 0, line) != PIL_OK)
        return 0;
    int columns = u8_width((const uint8_t *)line->bytes + before, line->length - before, "UTF-8");
    return columns > 0 ? columns : 0;
}

static size_t boundary(piece query, size_t at)
{
    return at < query.length ? pil_utf8_boundary(query.begin, query.length, at) : query.length;
}

/* The query around the fault, and the marks. */
static void show_place(piece query, size_t begin, size_t end)
{
    pil_buffer line;
    pil_buffer_init(&line, LINE_MAX_BYTES);
    size_t from = begin > SIDE_BYTES ? boundary(query, begin - SIDE_BYTES) : 0;
    size_t to = boundary(query, end + SIDE_BYTES);
    int indent = append_safe(&line, (piece){query.begin + from, begin - from});
    int n_marks = append_safe(&line, (piece){query.begin + begin, end - begin});
    (void)append_safe(&line, (piece){query.begin + end, to - end});
    fprintf(stderr, "    %s\n    %*s", line.bytes == NULL ? "" : line.bytes, indent, "");
    for (int i = 0; i < (n_marks > 0 ? n_marks : 1); i++)
        fputc('^', stderr);
    fputc('\n', stderr);
    pil_buffer_dispose(&line);
}

/* The whole query with the fault replaced; without it, when that leaves something to look for. */
static void show_corrected(piece query, size_t begin, size_t end, const char *corrected)
{
    pil_buffer line;
    pil_buffer_init(&line, LINE_MAX_BYTES);
    if (*corrected == '\0') {
        while (end < query.length && query.begin[end] == ' ')
            end++;
        while (end == query.length && begin > 0 && query.begin[begin - 1] == ' ')
            begin--;
    }
    (void)append_safe(&line, (piece){query.begin, begin});
    (void)append_safe(&line, (piece){corrected, strlen(corrected)});
    (void)append_safe(&line, (piece){query.begin + end, query.length - end});
    if (line.length > 0 && line.length < LINE_MAX_BYTES / 2)
        fprintf(stderr, "  try: %s\n", line.bytes);
    pil_buffer_dispose(&line);
}

void pil_query_fault_tell(const char *query, size_t query_bytes, const pil_query_fault *fault)
{
    piece all = {query, query_bytes};
    size_t begin = fault->begin_byte, end = fault->end_byte;
    if (end > query_bytes)
        end = query_bytes;
    if (begin >= fault->end_byte)
        return;
    size_t shown_end = end - begin > FAULT_BYTES ? boundary(all, begin + FAULT_BYTES) : end;
    show_place(all, begin < end ? begin : end, shown_end);
    if (fault->corrected != NULL)
        show_corrected(all, begin, end, fault->corrected);
}
