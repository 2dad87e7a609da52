#include "passage_internal.h"

#include "base/utf8.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

void pil_passage_cutter_dispose(pil_passage_cutter *cutter)
{
    if (cutter->sentences != NULL)
        ubrk_close(cutter->sentences);
    *cutter = (pil_passage_cutter){0};
}

/* Sentences are sought in the last quarter only, words in the last half, so that pieces do not
 * become small and each byte is looked at a bounded number of times. */
enum { WINDOW_BYTES = PIL_PARAGRAPH_MAX_BYTES / 4 };

static UBreakIterator *sentences_of(pil_passage_cutter *cutter)
{
    UErrorCode failure = U_ZERO_ERROR;
    if (!cutter->opened) {
        cutter->opened = true;
        cutter->sentences = ubrk_open(UBRK_SENTENCE, "", NULL, 0, &failure);
        if (U_FAILURE(failure))
            cutter->sentences = NULL;
    }
    return cutter->sentences;
}

/* The last sentence edge inside text[0..length), or 0. Without ICU's data there is none, and
 * words do. */
static size_t sentence_edge(pil_passage_cutter *cutter, const char *text, size_t length)
{
    UBreakIterator *sentences = sentences_of(cutter);
    if (sentences == NULL)
        return 0;
    UErrorCode failure = U_ZERO_ERROR;
    UText window = UTEXT_INITIALIZER;
    utext_openUTF8(&window, text, (int64_t)length, &failure);
    ubrk_setUText(sentences, &window, &failure);
    int32_t at = U_SUCCESS(failure) ? ubrk_preceding(sentences, (int32_t)length) : 0;
    utext_close(&window);
    return at == UBRK_DONE ? 0 : (size_t)at;
}

static size_t sentence_edge_across_lines(pil_passage_cutter *cutter, const char *text,
                                         size_t length)
{
    char joined[WINDOW_BYTES + 4];
    for (size_t i = 0; i < length; i++)
        joined[i] = text[i] == '\n' || text[i] == '\r' ? ' ' : text[i];
    return sentence_edge(cutter, joined, length);
}

static size_t word_edge(const char *text, size_t least, size_t length)
{
    for (size_t at = length; at > least; at--) {
        if ((unsigned char)text[at - 1] <= ' ')
            return at;
    }
    return 0;
}

size_t pil_passage_cut(pil_passage_cutter *cutter, const char *text, size_t length, bool is_wrapped)
{
    if (length <= PIL_PARAGRAPH_MAX_BYTES)
        return length;
    size_t most = pil_utf8_boundary(text, length, PIL_PARAGRAPH_MAX_BYTES);
    size_t window = pil_utf8_boundary(text, length, most - WINDOW_BYTES);
    size_t edge = is_wrapped ? sentence_edge_across_lines(cutter, text + window, most - window)
                             : sentence_edge(cutter, text + window, most - window);
    if (edge > 0)
        return window + edge;
    edge = word_edge(text, most / 2, most);
    return edge == 0 ? most : edge;
}
