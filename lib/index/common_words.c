#include "index/common_words.h"

#include "base/buffer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A word that fewer paragraphs than one in so many have is not common. */
enum { COMMON_SHARE = 50 };

static pil_status add_stem(pil_common_words *words, const char *stem, size_t length, pil_error *err)
{
    uint32_t number;
    bool is_new;
    if (length == 0 || length > PIL_TERM_MAX_BYTES)
        return pil_error_set(err, PIL_CORRUPT, "the list of common words is damaged");
    if (pil_intern_add(&words->stems, stem, length, &number, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    if (!is_new || number >= PIL_COMMON_WORDS_MAX)
        return pil_error_set(err, PIL_CORRUPT, "the list of common words is damaged");
    return PIL_OK;
}

pil_status pil_common_words_read(pil_common_words *words, const char *line, pil_error *err)
{
    pil_status status = PIL_OK;
    const char *stem = line;
    bool is_last = *line == '\0';
    while (!is_last && status == PIL_OK) {
        size_t length = strcspn(stem, " ");
        status = add_stem(words, stem, length, err);
        is_last = stem[length] == '\0';
        stem += length + 1;
    }
    if (status != PIL_OK)
        pil_common_words_dispose(words);
    return status;
}

void pil_common_words_dispose(pil_common_words *words)
{
    pil_intern_dispose(&words->stems);
}

bool pil_common_words_has(const pil_common_words *words, const char *stem, size_t length)
{
    return pil_intern_find(&words->stems, stem, length) != PIL_INTERN_NONE;
}

size_t pil_gram_term(const char *first, size_t first_length, const char *second,
                     size_t second_length, char out[PIL_GRAM_MAX_BYTES])
{
    assert(first_length <= PIL_TERM_MAX_BYTES && second_length <= PIL_TERM_MAX_BYTES);
    char *at = out;
    memcpy(at, PIL_PREFIX_GRAM, sizeof PIL_PREFIX_GRAM - 1);
    at += sizeof PIL_PREFIX_GRAM - 1;
    memcpy(at, first, first_length);
    at += first_length;
    *at++ = ' ';
    memcpy(at, second, second_length);
    return (size_t)(at - out) + second_length;
}

static bool goes_before(const pil_common_candidate *one, const pil_common_candidate *other)
{
    if (one->n_paragraphs != other->n_paragraphs)
        return one->n_paragraphs > other->n_paragraphs;
    if (one->is_stop_word != other->is_stop_word)
        return one->is_stop_word;
    return strcmp(one->stem, other->stem) < 0;
}

void pil_common_choice_offer(pil_common_choice *choice, const char *stem, size_t length,
                             uint32_t n_paragraphs, bool is_stop_word)
{
    assert(length <= PIL_TERM_MAX_BYTES);
    size_t n = choice->n_items;
    if (n == PIL_COMMON_WORDS_MAX && choice->items[n - 1].n_paragraphs > n_paragraphs)
        return;
    pil_common_candidate offered = {.n_paragraphs = n_paragraphs, .is_stop_word = is_stop_word};
    memcpy(offered.stem, stem, length);
    size_t at = n;
    while (at > 0 && goes_before(&offered, &choice->items[at - 1]))
        at--;
    if (at == PIL_COMMON_WORDS_MAX)
        return;
    if (n == PIL_COMMON_WORDS_MAX)
        n--;
    memmove(&choice->items[at + 1], &choice->items[at], (n - at) * sizeof choice->items[0]);
    choice->items[at] = offered;
    choice->n_items = n + 1;
}

static int by_bytes(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

char *pil_common_choice_line(const pil_common_choice *choice, uint32_t n_paragraphs)
{
    const char *stems[PIL_COMMON_WORDS_MAX];
    size_t n = 0;
    for (size_t i = 0; i < choice->n_items; i++)
        if ((uint64_t)choice->items[i].n_paragraphs * COMMON_SHARE >= n_paragraphs)
            stems[n++] = choice->items[i].stem;
    qsort(stems, n, sizeof stems[0], by_bytes);
    pil_buffer line;
    pil_buffer_init(&line, PIL_COMMON_WORDS_MAX * (PIL_TERM_MAX_BYTES + 1));
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        if (i > 0)
            status = pil_buffer_append_byte(&line, ' ');
        if (status == PIL_OK)
            status = pil_buffer_append_string(&line, stems[i]);
    }
    char *taken = status == PIL_OK ? pil_buffer_take(&line, NULL) : NULL;
    pil_buffer_dispose(&line);
    return taken;
}
