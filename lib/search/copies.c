#include "copies.h"

#include "base/hash.h"
#include "base/intern.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A text that has a run among its first ones. */
typedef struct posting {
    uint32_t text;
    uint32_t next; /* posting of the same run, or PIL_COPIES_NONE */
} posting;

struct pil_copies {
    pil_text_runs *texts; /* [0..n_texts) */
    uint32_t n_texts, texts_capacity;
    pil_intern first_runs;
    uint32_t *heads; /* [0..first_runs.n_entries): the last posting of each */
    uint32_t heads_capacity;
    posting *postings;
    uint32_t n_postings, postings_capacity;
    uint32_t *compared; /* of each text: the number of the look-up that compared it last */
    uint32_t n_lookups;
};

pil_copies *pil_copies_new(void)
{
    return calloc(1, sizeof(pil_copies));
}

void pil_copies_free(pil_copies *copies)
{
    if (copies == NULL)
        return;
    pil_intern_dispose(&copies->first_runs);
    free(copies->texts);
    free(copies->heads);
    free(copies->postings);
    free(copies->compared);
    free(copies);
}

/* Makes room for one item more in an array of items of this size. */
static bool grow(void *array, uint32_t n, uint32_t *capacity, size_t size)
{
    void *items;
    if (n < *capacity)
        return true;
    uint32_t wanted = *capacity == 0 ? 64 : *capacity * 2;
    memcpy(&items, array, sizeof items);
    items = realloc(items, wanted * size);
    if (items == NULL)
        return false;
    memcpy(array, &items, sizeof items);
    *capacity = wanted;
    return true;
}

/* ---- runs ---- */

static int compare_runs(const void *a, const void *b)
{
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

static size_t sort_out(uint64_t *runs, size_t n)
{
    size_t n_different = 0;
    qsort(runs, n, sizeof *runs, compare_runs);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || runs[i] != runs[i - 1])
            runs[n_different++] = runs[i];
    return n_different;
}

/* A text of one or two words is one run. */
pil_status pil_copies_runs(pil_arena *arena, const pil_token *tokens, size_t n_tokens,
                           pil_text_runs *out, pil_error *err)
{
    uint64_t *runs = pil_arena_alloc(arena, (n_tokens + 1) * sizeof *runs);
    size_t n_words = 0;
    if (runs == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n_tokens; i++)
        if (tokens[i].kind == PIL_TOKEN_WORD)
            runs[n_words++] = pil_hash64(tokens[i].term, tokens[i].term_bytes);
    size_t length = n_words < PIL_COPIES_RUN_WORDS ? n_words : PIL_COPIES_RUN_WORDS;
    size_t n_runs = n_words == 0 ? 0 : n_words - length + 1;
    for (size_t i = 0; i < n_runs; i++)
        runs[i] = pil_hash64(&runs[i], length * sizeof *runs);
    *out = (pil_text_runs){runs, sort_out(runs, n_runs), n_words < PIL_COPIES_SHORT_WORDS};
    return PIL_OK;
}

/* Of so many of its runs a text shares one with each of its copies, since three quarters of all of
 * them are in both. */
static size_t n_first_runs(const pil_text_runs *text)
{
    return text->n == 0 ? 0 : text->n - (3 * text->n + 3) / 4 + 1;
}

/* common / (all - common) >= 4/5 says 9 * common >= 4 * all: what differs too much for that ends
 * the comparison, with texts that are none after some fifth of them. */
static bool are_copies(const pil_text_runs *a, const pil_text_runs *b)
{
    if (a->is_short || b->is_short)
        return a->n == b->n && memcmp(a->runs, b->runs, a->n * sizeof *a->runs) == 0;
    size_t all = a->n + b->n, least_common = (3 * all + 6) / 7;
    if (2 * least_common > all)
        return false;
    size_t most_alone = all - 2 * least_common;
    size_t n_alone = 0, i = 0, j = 0;
    while (i < a->n && j < b->n && n_alone <= most_alone) {
        bool is_common = a->runs[i] == b->runs[j];
        bool is_of_a = a->runs[i] <= b->runs[j];
        n_alone += !is_common;
        j += is_common || !is_of_a;
        i += is_of_a;
    }
    return n_alone + (a->n - i) + (b->n - j) <= most_alone;
}

/* ---- texts ---- */

uint32_t pil_copies_find(pil_copies *copies, const pil_text_runs *text)
{
    uint32_t number = PIL_COPIES_NONE;
    copies->n_lookups++;
    for (size_t i = 0; i < n_first_runs(text); i++) {
        uint32_t run = pil_intern_find(&copies->first_runs, &text->runs[i], sizeof(uint64_t));
        uint32_t at = run == PIL_INTERN_NONE ? PIL_COPIES_NONE : copies->heads[run];
        for (; at != PIL_COPIES_NONE; at = copies->postings[at].next) {
            uint32_t other = copies->postings[at].text;
            if (other >= number || copies->compared[other] == copies->n_lookups)
                continue;
            copies->compared[other] = copies->n_lookups;
            if (are_copies(text, &copies->texts[other]))
                number = other;
        }
    }
    return number;
}

/* A failure leaves postings of a text that is not there, so that the whole cannot be used. */
static bool add_first_run(pil_copies *self, uint64_t run)
{
    uint32_t number;
    bool is_new;
    if (!grow(&self->postings, self->n_postings, &self->postings_capacity, sizeof(posting)) ||
        !grow(&self->heads, self->first_runs.n_entries, &self->heads_capacity, sizeof(uint32_t)) ||
        pil_intern_add(&self->first_runs, &run, sizeof run, &number, &is_new) != PIL_OK)
        return false;
    self->postings[self->n_postings] =
        (posting){self->n_texts, is_new ? PIL_COPIES_NONE : self->heads[number]};
    self->heads[number] = self->n_postings++;
    return true;
}

pil_status pil_copies_add(pil_copies *copies, const pil_text_runs *text, uint32_t *number,
                          pil_error *err)
{
    uint32_t compared_capacity = copies->texts_capacity;
    bool is_done =
        grow(&copies->compared, copies->n_texts, &compared_capacity, sizeof *copies->compared) &&
        grow(&copies->texts, copies->n_texts, &copies->texts_capacity, sizeof *copies->texts);
    for (size_t i = 0; i < n_first_runs(text) && is_done; i++)
        is_done = add_first_run(copies, text->runs[i]);
    if (!is_done)
        return pil_error_no_memory(err);
    *number = copies->n_texts;
    copies->compared[copies->n_texts] = 0;
    copies->texts[copies->n_texts++] = *text;
    return PIL_OK;
}
