#include "search/related.h"

#include "base/intern.h"
#include "index/schema.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A word of all hits that most paragraphs have, too, would weigh more than a rare one of some: it
 * must be so many times as frequent among the hits as among all paragraphs. */
enum { LEAST_LIFT = 2 };

/* A term of the hits. */
typedef struct hit_term {
    uint32_t n_hits;
    uint32_t last_hit; /* in which it was, from 1 */
    uint32_t n_best;   /* how often it is written as its most frequent form so far */
    uint32_t form;     /* the number of that form */
    bool is_of_query;
} hit_term;

/* What is counted over the hits. */
typedef struct counter {
    pil_analyser *analyser;
    pil_intern terms, forms;
    hit_term *items; /* [0..terms.n_entries) */
    size_t capacity;
    uint32_t *n_written; /* [0..forms.n_entries): how often each form is written */
    size_t forms_capacity;
} counter;

/* items, or more room with zeroes in it, for number n; NULL when memory ran out. */
static void *grow(void *items, size_t *capacity, size_t n, size_t size)
{
    if (n < *capacity)
        return items;
    size_t grown_capacity = 2 * n + 64;
    char *grown = realloc(items, grown_capacity * size);
    if (grown == NULL)
        return NULL;
    memset(grown + *capacity * size, 0, (grown_capacity - *capacity) * size);
    *capacity = grown_capacity;
    return grown;
}

static bool make_room(counter *self, uint32_t term, uint32_t form)
{
    hit_term *items = grow(self->items, &self->capacity, term, sizeof *items);
    if (items != NULL)
        self->items = items;
    uint32_t *n_written = grow(self->n_written, &self->forms_capacity, form, sizeof *n_written);
    if (n_written != NULL)
        self->n_written = n_written;
    return items != NULL && n_written != NULL;
}

static pil_status add_token(counter *self, const char *text, const pil_token *token, uint32_t hit,
                            pil_error *err)
{
    uint32_t term, form;
    size_t length = token->end_byte - token->begin_byte;
    if (pil_intern_add(&self->terms, token->term, token->term_bytes, &term, NULL) != PIL_OK ||
        pil_intern_add(&self->forms, text + token->begin_byte, length, &form, NULL) != PIL_OK ||
        !make_room(self, term, form))
        return pil_error_no_memory(err);
    hit_term *item = &self->items[term];
    item->n_hits += item->last_hit != hit;
    item->last_hit = hit;
    if (++self->n_written[form] > item->n_best) {
        item->n_best = self->n_written[form];
        item->form = form;
    }
    return PIL_OK;
}

static pil_status count_hit(counter *self, const pil_hit *hit, uint32_t number, pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_status status = pil_analyser_run(self->analyser, hit->language, hit->text, hit->text_bytes,
                                         &tokens, &n_tokens, err);
    for (size_t i = 0; status == PIL_OK && i < n_tokens; i++)
        if (tokens[i].kind == PIL_TOKEN_WORD)
            status = add_token(self, hit->text, &tokens[i], number, err);
    /* What matches is of the query, whatever it was found as. */
    for (size_t i = 0; status == PIL_OK && i < n_tokens; i++) {
        bool matches = false;
        for (size_t j = 0; j < hit->n_ranges && !matches; j++)
            matches = tokens[i].begin_byte < hit->ranges[j].end &&
                      tokens[i].end_byte > hit->ranges[j].begin;
        uint32_t term = matches
                            ? pil_intern_find(&self->terms, tokens[i].term, tokens[i].term_bytes)
                            : PIL_INTERN_NONE;
        if (term != PIL_INTERN_NONE)
            self->items[term].is_of_query = true;
    }
    return status;
}

/* ---- weights ---- */

static double offer_weight(double r, double n_relevant, double n, double n_all)
{
    double rest = n_all - n - n_relevant + r;
    if (rest < 0)
        rest = 0;
    return r * log((r + 0.5) * (rest + 0.5) / ((n - r + 0.5) * (n_relevant - r + 0.5)));
}

static pil_status weigh(const counter *self, pil_snapshot *snapshot, size_t n_hits,
                        pil_related *out, pil_error *err)
{
    xc_stats stats;
    xc_error failure;
    if (xc_database_stats(snapshot->combined, &stats, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    for (uint32_t i = 0; i < self->terms.n_entries; i++) {
        const hit_term *item = &self->items[i];
        char term[XC_MAX_TERM_BYTES];
        uint32_t n = 0;
        if (item->n_hits < 2 || item->is_of_query)
            continue;
        int length =
            snprintf(term, sizeof term, "%s%s", PIL_PREFIX_STEM, self->terms.entries[i].bytes);
        if (xc_database_term(snapshot->combined, term, (size_t)length, &n, NULL, &failure) != XC_OK)
            return pil_status_from_xapian(&failure, err);
        /* Hits in another language may have the same stem of another word. */
        double weight = offer_weight(item->n_hits, (double)n_hits,
                                     n < item->n_hits ? item->n_hits : n, stats.n_docs);
        bool stands_out =
            (double)item->n_hits * stats.n_docs >= LEAST_LIFT * (double)n * (double)n_hits;
        if (weight <= 0 || !stands_out)
            continue;
        const pil_intern_entry *form = &self->forms.entries[item->form];
        const char *word = pil_arena_copy(&out->arena, form->bytes, form->length);
        if (word == NULL)
            return pil_error_no_memory(err);
        out->items[out->n_items++] = (pil_related_word){word, weight, item->n_hits, n};
    }
    return PIL_OK;
}

static int by_weight(const void *left, const void *right)
{
    const pil_related_word *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return strcmp(a->word, b->word);
}

pil_status pil_related_find(pil_snapshot *snapshot, pil_analyser *analyser, const pil_hits *hits,
                            size_t max_words, pil_related *out, pil_error *err)
{
    counter self = {.analyser = analyser};
    pil_status status = PIL_OK;
    *out = (pil_related){0};
    for (size_t i = 0; i < hits->n_items && status == PIL_OK; i++)
        status = count_hit(&self, &hits->items[i], (uint32_t)i + 1, err);
    if (status == PIL_OK) {
        out->items = pil_arena_alloc(&out->arena, (self.terms.n_entries + 1) * sizeof *out->items);
        status = out->items == NULL ? pil_error_no_memory(err) : PIL_OK;
    }
    if (status == PIL_OK && hits->n_items > 0)
        status = weigh(&self, snapshot, hits->n_items, out, err);
    if (status == PIL_OK && out->n_items > 1)
        qsort(out->items, out->n_items, sizeof *out->items, by_weight);
    if (out->n_items > max_words)
        out->n_items = max_words;
    pil_intern_dispose(&self.terms);
    pil_intern_dispose(&self.forms);
    free(self.items);
    free(self.n_written);
    return status;
}
