/* Any text as paragraphs: no crash, and what the header promises of the result. */
#include "base/utf8.h"
#include "passage/passage.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Letters and digits in text. What is in the text must be in a paragraph, a path, or both. */
static size_t count_letters(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += (text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z') ||
             (text[i] >= '0' && text[i] <= '9');
    return n;
}

static void check(const pil_paragraphs *paragraphs, const char *text, size_t length)
{
    size_t n_letters = 0;
    uint32_t line = 1;
    const char *path = NULL;
    for (size_t i = 0; i < paragraphs->n_items; i++) {
        const pil_paragraph *p = &paragraphs->items[i];
        require(p->length_bytes > 0 && p->length_bytes <= PIL_PARAGRAPH_MAX_BYTES);
        require(p->text[p->length_bytes] == '\0' && strlen(p->text) == p->length_bytes);
        require(p->begin_byte < p->end_byte && p->end_byte <= length);
        require(pil_utf8_is_valid(p->text, p->length_bytes));
        require(pil_utf8_is_valid(text + p->begin_byte, p->end_byte - p->begin_byte));
        require(pil_utf8_is_valid(p->heading, strlen(p->heading)));
        require(p->line >= line);
        line = p->line;
        n_letters += count_letters(p->text, p->length_bytes);
        if (path != p->heading)
            n_letters += count_letters(p->heading, strlen(p->heading));
        path = p->heading;
    }
    require(pil_utf8_is_valid(paragraphs->title, strlen(paragraphs->title)));
    require(n_letters >= count_letters(text, length));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pil_buffer text;
    pil_paragraphs paragraphs = {0};
    pil_buffer_init(&text, SIZE_MAX - 1);
    if (pil_utf8_repair((const char *)data, size, &text, NULL) != PIL_OK)
        abort();
    /* At the end of its allocation, so that a byte read past it is seen. */
    char *exact = malloc(text.length > 0 ? text.length : 1);
    if (exact == NULL)
        abort();
    memcpy(exact, text.bytes, text.length);
    if (pil_paragraphs_from_text(&paragraphs, exact, text.length, 0, 1, NULL) != PIL_OK)
        abort();
    check(&paragraphs, exact, text.length);
    free(exact);
    pil_paragraphs_dispose(&paragraphs);
    pil_buffer_dispose(&text);
    return 0;
}
