#include "excerpt.h"

#include "text/sentence.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX_BYTES = 64 * 1024 * 1024 };

static const char ellipsis[] = "\xE2\x80\xA6";

void pil_excerpt_init(pil_excerpt *excerpt)
{
    *excerpt = (pil_excerpt){0};
    pil_buffer_init(&excerpt->text, TEXT_MAX_BYTES);
}

void pil_excerpt_dispose(pil_excerpt *excerpt)
{
    pil_buffer_dispose(&excerpt->text);
    free(excerpt->sentences);
    free(excerpt->words);
    free(excerpt->ranges);
    pil_excerpt_init(excerpt);
}

/* Makes room for n items in an array. */
static bool reserve(void **items, size_t *capacity, size_t n, size_t item_bytes)
{
    if (n <= *capacity)
        return true;
    size_t wanted = 2 * n + 16;
    void *grown = realloc(*items, wanted * item_bytes);
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

/* --- choosing --- */

static bool add_sentence(pil_excerpt *excerpt, size_t begin, size_t end)
{
    void *items = excerpt->sentences;
    if (!reserve(&items, &excerpt->sentences_capacity, excerpt->n_sentences + 1,
                 sizeof *excerpt->sentences))
        return false;
    excerpt->sentences = items;
    excerpt->sentences[excerpt->n_sentences++] =
        (pil_excerpt_sentence){.begin_byte = begin, .end_byte = end};
    return true;
}

static bool find_sentences(pil_excerpt *excerpt, const pil_hit *hit)
{
    pil_sentences sentences;
    size_t begin, end, next = 0;
    excerpt->n_sentences = 0;
    pil_sentences_start(&sentences, hit->language, hit->text, hit->text_bytes);
    while (pil_sentences_next(&sentences, &begin, &end)) {
        if (!add_sentence(excerpt, begin, end))
            return false;
        pil_excerpt_sentence *sentence = &excerpt->sentences[excerpt->n_sentences - 1];
        sentence->first_range = next;
        while (next < hit->n_ranges && hit->ranges[next].begin < end)
            next++;
        sentence->last_range = next;
    }
    return true;
}

static bool clear_words(pil_excerpt *excerpt, const pil_hit *hit)
{
    size_t n_words = 1;
    for (size_t i = 0; i < hit->n_ranges; i++)
        n_words = hit->ranges[i].word >= n_words ? hit->ranges[i].word + (size_t)1 : n_words;
    void *items = excerpt->words;
    if (!reserve(&items, &excerpt->words_capacity, n_words, sizeof *excerpt->words))
        return false;
    excerpt->words = items;
    memset(excerpt->words, 0, n_words * sizeof *excerpt->words);
    excerpt->n_looks = 0;
    return true;
}

/* How well a sentence answers; the first member counts most. */
typedef struct worth {
    size_t n_new, n_different, n_matches;
} worth;

static bool is_better(worth a, worth b)
{
    if (a.n_new != b.n_new)
        return a.n_new > b.n_new;
    if (a.n_different != b.n_different)
        return a.n_different > b.n_different;
    return a.n_matches > b.n_matches;
}

static worth worth_of(pil_excerpt *excerpt, const pil_hit *hit,
                      const pil_excerpt_sentence *sentence)
{
    worth found = {.n_matches = sentence->last_range - sentence->first_range};
    excerpt->n_looks++;
    for (size_t i = sentence->first_range; i < sentence->last_range; i++) {
        pil_excerpt_word *word = &excerpt->words[hit->ranges[i].word];
        if (word->seen == excerpt->n_looks)
            continue;
        word->seen = excerpt->n_looks;
        found.n_different++;
        found.n_new += !word->is_covered;
    }
    return found;
}

/* Chooses one sentence more; false when none has a match. */
static bool choose_next(pil_excerpt *excerpt, const pil_hit *hit)
{
    worth best = {0};
    pil_excerpt_sentence *chosen = NULL;
    for (size_t i = 0; i < excerpt->n_sentences; i++) {
        pil_excerpt_sentence *sentence = &excerpt->sentences[i];
        worth found = {0};
        if (!sentence->is_chosen)
            found = worth_of(excerpt, hit, sentence);
        if (is_better(found, best)) {
            best = found;
            chosen = sentence;
        }
    }
    if (chosen == NULL)
        return false;
    chosen->is_chosen = true;
    for (size_t i = chosen->first_range; i < chosen->last_range; i++)
        excerpt->words[hit->ranges[i].word].is_covered = true;
    return true;
}

pil_status pil_excerpt_choose(pil_excerpt *excerpt, const pil_hit *hit, size_t max, pil_error *err)
{
    if (!find_sentences(excerpt, hit) || !clear_words(excerpt, hit))
        return pil_error_no_memory(err);
    bool has_match = excerpt->n_sentences > 0 && hit->n_ranges > 0;
    size_t n_chosen = 0;
    while (has_match && n_chosen < max && choose_next(excerpt, hit))
        n_chosen++;
    if (n_chosen == 0 && excerpt->n_sentences > 0)
        excerpt->sentences[0].is_chosen = true;
    return PIL_OK;
}

/* --- cutting --- */

/* Copies [begin, end) of the hit's text, and the ranges from *next on that are in it. */
static pil_status copy_part(pil_excerpt *excerpt, const pil_hit *hit, size_t begin, size_t end,
                            size_t *next)
{
    size_t shift = excerpt->text.length;
    for (; *next < hit->n_ranges && hit->ranges[*next].begin < end; (*next)++) {
        pil_match_range range = hit->ranges[*next];
        if (range.end <= begin)
            continue;
        size_t range_begin = range.begin > begin ? range.begin : begin;
        size_t range_end = range.end < end ? range.end : end;
        excerpt->ranges[excerpt->n_ranges++] =
            (pil_match_range){.begin = (uint32_t)(range_begin - begin + shift),
                              .end = (uint32_t)(range_end - begin + shift),
                              .word = range.word};
    }
    return pil_buffer_append(&excerpt->text, hit->text + begin, end - begin);
}

/* Copies the chosen sentences; those side by side with what is between them. */
static pil_status copy_chosen(pil_excerpt *excerpt, const pil_hit *hit)
{
    pil_status status = PIL_OK;
    size_t next = 0, n = excerpt->n_sentences;
    bool is_cut = false; /* something was left out and not marked yet */
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        const pil_excerpt_sentence *first = &excerpt->sentences[i];
        if (!first->is_chosen) {
            is_cut = true;
            continue;
        }
        while (i + 1 < n && excerpt->sentences[i + 1].is_chosen)
            i++;
        if (excerpt->text.length > 0)
            status = pil_buffer_append_byte(&excerpt->text, ' ');
        if (status == PIL_OK && is_cut)
            status = pil_buffer_appendf(&excerpt->text, "%s ", ellipsis);
        if (status == PIL_OK)
            status =
                copy_part(excerpt, hit, first->begin_byte, excerpt->sentences[i].end_byte, &next);
        is_cut = false;
    }
    if (status == PIL_OK && is_cut)
        status = pil_buffer_appendf(&excerpt->text, " %s", ellipsis);
    return status;
}

pil_status pil_excerpt_cut(pil_excerpt *excerpt, const pil_hit *hit, size_t max, pil_hit *cut,
                           pil_error *err)
{
    *cut = *hit;
    pil_status status = pil_excerpt_choose(excerpt, hit, max, err);
    if (status != PIL_OK)
        return status;
    void *items = excerpt->ranges;
    if (!reserve(&items, &excerpt->ranges_capacity, hit->n_ranges, sizeof *excerpt->ranges))
        return pil_error_no_memory(err);
    excerpt->ranges = items;
    excerpt->n_ranges = 0;
    pil_buffer_clear(&excerpt->text);
    if (copy_chosen(excerpt, hit) != PIL_OK)
        return pil_error_no_memory(err);
    cut->text = excerpt->text.bytes;
    cut->text_bytes = excerpt->text.length;
    cut->ranges = excerpt->ranges;
    cut->n_ranges = excerpt->n_ranges;
    return PIL_OK;
}
