#include "search/like.h"

#include "base/buffer.h"
#include "base/intern.h"
#include "bm25.h"
#include "index/schema.h"
#include "locate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A term of the paragraph. */
typedef struct telling_term {
    const char *form; /* the first word of it */
    uint32_t n_times;
    uint32_t place; /* the order of arrival */
    double weight;
} telling_term;

typedef struct term_list {
    pil_intern terms;
    telling_term *items; /* [0..terms.n_entries) */
} term_list;

static void dispose(term_list *list)
{
    pil_intern_dispose(&list->terms);
    free(list->items);
}

static pil_status collect(pil_analyser *analyser, const pil_record *record, pil_arena *arena,
                          term_list *list, pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_status status = pil_analyser_run(analyser, record->language, record->text,
                                         record->text_bytes, &tokens, &n_tokens, err);
    if (status != PIL_OK)
        return status;
    list->items = calloc(n_tokens + 1, sizeof *list->items);
    if (list->items == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n_tokens; i++) {
        uint32_t number;
        bool is_new;
        if (tokens[i].kind != PIL_TOKEN_WORD)
            continue;
        if (pil_intern_add(&list->terms, tokens[i].term, tokens[i].term_bytes, &number, &is_new) !=
            PIL_OK)
            return pil_error_no_memory(err);
        telling_term *item = &list->items[number];
        item->n_times++;
        item->place = number;
        if (is_new)
            item->form = pil_arena_copy(arena, tokens[i].form, tokens[i].form_bytes);
        if (item->form == NULL)
            return pil_error_no_memory(err);
    }
    return PIL_OK;
}

/* A term that no other paragraph has weighs nothing. */
static pil_status weigh(const pil_snapshot *snapshot, term_list *list, pil_error *err)
{
    xc_stats stats;
    xc_error failure;
    if (xc_database_stats(snapshot->combined, &stats, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    for (uint32_t i = 0; i < list->terms.n_entries; i++) {
        char term[XC_MAX_TERM_BYTES];
        uint32_t n = 0;
        int length =
            snprintf(term, sizeof term, "%s%s", PIL_PREFIX_STEM, list->terms.entries[i].bytes);
        if (xc_database_term(snapshot->combined, term, (size_t)length, &n, NULL, &failure) != XC_OK)
            return pil_status_from_xapian(&failure, err);
        if (n > 1)
            list->items[i].weight = list->items[i].n_times * pil_bm25_idf(stats.n_docs, n);
    }
    return PIL_OK;
}

static int by_weight(const void *left, const void *right)
{
    const telling_term *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

static pil_status join(term_list *list, pil_likeness *out, pil_error *err)
{
    pil_buffer words;
    pil_buffer_init(&words, PIL_LIKE_MAX_WORDS * (PIL_TERM_MAX_BYTES + 1));
    pil_status status = PIL_OK;
    size_t n = list->terms.n_entries;
    if (n > 1)
        qsort(list->items, n, sizeof *list->items, by_weight);
    for (size_t i = 0; i < n && i < PIL_LIKE_MAX_WORDS && status == PIL_OK; i++)
        if (list->items[i].weight > 0)
            status = pil_buffer_appendf(&words, "%s%s", i > 0 ? " " : "", list->items[i].form);
    if (status == PIL_OK)
        out->words = pil_arena_copy(&out->arena, words.bytes, words.length);
    pil_buffer_dispose(&words);
    return out->words == NULL ? pil_error_no_memory(err) : PIL_OK;
}

static pil_status choose_words(pil_snapshot *snapshot, pil_analyser *analyser,
                               const pil_record *record, pil_likeness *out, pil_error *err)
{
    term_list list = {0};
    pil_status status = collect(analyser, record, &out->arena, &list, err);
    if (status == PIL_OK)
        status = weigh(snapshot, &list, err);
    if (status == PIL_OK)
        status = join(&list, out, err);
    dispose(&list);
    return status;
}

pil_status pil_like(pil_snapshot *snapshot, pil_analyser *analyser,
                    const pil_paragraph_place *asked, uint32_t number, pil_likeness *out,
                    pil_error *err)
{
    pil_located located;
    pil_buffer strings;
    bool is_found = false;
    *out = (pil_likeness){0};
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
    pil_status status = pil_locate(snapshot, asked, &out->arena, &located, err);
    for (size_t i = 0; status == PIL_OK && i < located.n && !is_found; i++) {
        pil_record record;
        const pil_located_paragraph *place = &located.items[i];
        status = pil_segment_record(&snapshot->segments[place->shard], place->docid, &strings,
                                    &record, err);
        is_found = status == PIL_OK && (number == 0 || record.number == number);
        if (!is_found)
            continue;
        out->document = (pil_document){place->shard, place->docid};
        status = choose_words(snapshot, analyser, &record, out, err);
    }
    pil_buffer_dispose(&strings);
    if (status == PIL_OK && !is_found)
        return pil_error_set(err, PIL_NOT_FOUND, "the index has no paragraph there");
    return status;
}
