/* Any bytes as sentences: they come in order, are not empty, and leave out nothing but white
 * space. */
#include "text/sentence.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Letters, digits and full stops of ASCII. */
static size_t count_seen(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += text[i] > ' ' && text[i] < 0x7F;
    return n;
}

static void check(const char *text, size_t length, const char *language)
{
    pil_sentences sentences;
    pil_sentences_start(&sentences, language, text, length);
    size_t begin, end, behind = 0, n_seen = 0;
    while (pil_sentences_next(&sentences, &begin, &end)) {
        require(begin >= behind && end > begin && end <= length);
        require(text[begin] != ' ' && text[begin] != '\n');
        require(text[end - 1] != ' ' && text[end - 1] != '\n');
        n_seen += count_seen(text + begin, end - begin);
        behind = end;
    }
    require(n_seen == count_seen(text, length));
    require(!pil_sentences_next(&sentences, &begin, &end));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* At the end of its allocation, so that a byte read past it is seen. */
    char *exact = malloc(size > 0 ? size : 1);
    if (exact == NULL)
        abort();
    memcpy(exact, data, size);
    check(exact, size, "en");
    check(exact, size, "de");
    free(exact);
    return 0;
}
