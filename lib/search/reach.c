#include "search/reach.h"

#include "alternatives.h"
#include "languages.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX_BYTES = PIL_QUERY_MAX_BYTES };

typedef struct reach_run {
    pil_snapshot *snapshot;
    const pil_query *query;
    pil_analyser *analyser;
    const pil_search_options *options;
    pil_matcher *matcher;
    pil_languages languages;
    pil_reach *reach;
    size_t capacity;  /* of reach->items */
    size_t n_sorted;  /* items of clauses that are done */
    const char *code; /* of the language at hand */
    uint32_t word;    /* the clause at hand */
    const pil_reading *own;
} reach_run;

static pil_status add_item(reach_run *run, const pil_reached *item)
{
    pil_reach *reach = run->reach;
    if (reach->n_items == run->capacity) {
        size_t capacity = run->capacity == 0 ? 16 : 2 * run->capacity;
        pil_reached *grown = realloc(reach->items, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        reach->items = grown;
        run->capacity = capacity;
    }
    pil_reached *added = &reach->items[reach->n_items++];
    *added = *item;
    added->word = run->word;
    added->text = pil_arena_copy(&reach->arena, item->text, strlen(item->text));
    if (item->is_form) {
        added->language = pil_arena_copy(&reach->arena, item->language, strlen(item->language));
        added->stem = pil_arena_copy(&reach->arena, item->stem, strlen(item->stem));
    }
    bool is_whole =
        added->text != NULL && (!item->is_form || (added->language != NULL && added->stem != NULL));
    return is_whole ? PIL_OK : PIL_NO_MEMORY;
}

/* ---- forms ---- */

static bool has_stem(const pil_reading *reading, const char *stem)
{
    for (size_t i = 0; i < reading->n_tokens; i++)
        if (strcmp(reading->tokens[i].term, stem) == 0)
            return true;
    return false;
}

static pil_status note_word(void *context, const pil_lexicon_word *word)
{
    reach_run *run = context;
    if (strcmp(word->language, run->code) != 0 || !has_stem(run->own, word->stem))
        return PIL_OK;
    const pil_reached item = {.is_form = true,
                              .text = word->form,
                              .language = word->language,
                              .stem = word->stem,
                              .weight = 1,
                              .n_paragraphs = (uint64_t)word->n_written + word->n_derived};
    return add_item(run, &item);
}

static int compare_forms(const void *left, const void *right)
{
    const pil_reached *a = left, *b = right;
    int difference = strcmp(a->language, b->language);
    return difference != 0 ? difference : strcmp(a->text, b->text);
}

static int compare_frequency(const void *left, const void *right)
{
    const pil_reached *a = left, *b = right;
    int difference = strcmp(a->language, b->language);
    if (difference == 0 && a->n_paragraphs != b->n_paragraphs)
        return a->n_paragraphs > b->n_paragraphs ? -1 : 1;
    return difference != 0 ? difference : strcmp(a->text, b->text);
}

/* Adds up what several segments have of one form. */
static void sort_forms(reach_run *run)
{
    pil_reached *items = run->reach->items + run->n_sorted;
    size_t n = run->reach->n_items - run->n_sorted, n_kept = 0;
    if (n == 0)
        return;
    qsort(items, n, sizeof *items, compare_forms);
    for (size_t i = 0; i < n; i++) {
        if (n_kept > 0 && compare_forms(&items[n_kept - 1], &items[i]) == 0)
            items[n_kept - 1].n_paragraphs += items[i].n_paragraphs;
        else
            items[n_kept++] = items[i];
    }
    run->reach->n_items = run->n_sorted + n_kept;
    qsort(items, n_kept, sizeof *items, compare_frequency);
}

static pil_status find_forms(reach_run *run, pil_error *err)
{
    pil_status status = PIL_OK;
    bool is_exact = run->query->clauses[run->word].is_exact;
    for (size_t i = 0; i < run->languages.n && status == PIL_OK && !is_exact; i++) {
        size_t n;
        run->code = run->languages.codes[i];
        status = pil_matcher_readings(run->matcher, run->code, run->word, &run->own, &n, err);
        for (size_t j = 0; j < run->snapshot->manifest.n_segments && status == PIL_OK && n > 0; j++)
            status = pil_segment_each_word(&run->snapshot->segments[j], "", 0, note_word, run, err);
    }
    if (status == PIL_OK)
        sort_forms(run);
    return status;
}

/* ---- alternatives ---- */

static bool is_listed(const reach_run *run, const pil_alternative *alternative)
{
    for (size_t i = run->n_sorted; i < run->reach->n_items; i++) {
        const pil_reached *item = &run->reach->items[i];
        if (!item->is_form && item->kind == alternative->kind &&
            strcmp(item->text, alternative->text) == 0)
            return true;
    }
    return false;
}

/* How many paragraphs have the words of the alternative, one behind the other, in its language. */
static pil_status count_paragraphs(reach_run *run, const pil_alternative *alternative, uint64_t *n,
                                   pil_error *err)
{
    const pil_search_options options = {
        .counts = true, .as_typed = true, .language = run->options->language};
    pil_buffer phrase;
    pil_query *query = NULL;
    pil_hits *hits = NULL;
    pil_buffer_init(&phrase, TEXT_MAX_BYTES);
    *n = 0;
    pil_status status = pil_buffer_append_byte(&phrase, '"');
    for (const char *at = alternative->text; *at != '\0' && status == PIL_OK; at++)
        status = pil_buffer_append_byte(&phrase, *at == '"' ? ' ' : *at);
    if (status == PIL_OK)
        status = pil_buffer_append_byte(&phrase, '"');
    if (status == PIL_OK && alternative->language != NULL && alternative->language[0] != '\0')
        status = pil_buffer_appendf(&phrase, " lang:%s", alternative->language);
    if (status != PIL_OK)
        status = pil_error_no_memory(err);
    if (status == PIL_OK)
        status =
            pil_query_parse(phrase.bytes, phrase.length, NULL, run->analyser, &query, NULL, err);
    if (status == PIL_OK)
        status = pil_search(run->snapshot, query, run->analyser, &options, &hits, err);
    if (status == PIL_OK)
        *n = hits->n_matches;
    pil_hits_free(hits);
    pil_query_free(query);
    pil_buffer_dispose(&phrase);
    return status;
}

static pil_status find_alternatives(reach_run *run, pil_error *err)
{
    const pil_alternative *alternative;
    pil_status status = PIL_OK;
    for (size_t i = 0; status == PIL_OK &&
                       (alternative = pil_matcher_alternative(run->matcher, run->word, i)) != NULL;
         i++) {
        if (is_listed(run, alternative))
            continue;
        pil_reached item = {
            .text = alternative->text, .kind = alternative->kind, .weight = alternative->weight};
        status = count_paragraphs(run, alternative, &item.n_paragraphs, err);
        if (status == PIL_OK && add_item(run, &item) != PIL_OK)
            status = pil_error_no_memory(err);
    }
    return status;
}

/* ---- the whole ---- */

static pil_status list_words(reach_run *run, pil_error *err)
{
    pil_reach *reach = run->reach;
    reach->words = pil_arena_alloc(&reach->arena, run->query->n_clauses * sizeof *reach->words);
    if (reach->words == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < run->query->n_clauses; i++) {
        const pil_clause *clause = &run->query->clauses[i];
        reach->words[i] = pil_arena_copy(&reach->arena, clause->text, clause->text_bytes);
        if (reach->words[i] == NULL)
            return pil_error_no_memory(err);
    }
    reach->n_words = run->query->n_clauses;
    return PIL_OK;
}

static pil_status find_languages(reach_run *run, pil_error *err)
{
    if (run->options->language == NULL)
        return pil_languages_find(run->snapshot, &run->reach->arena, &run->languages, err);
    run->languages = (pil_languages){.codes = {run->options->language}, .n = 1};
    return PIL_OK;
}

static pil_status find_all(reach_run *run, pil_error *err)
{
    pil_status status = find_languages(run, err);
    if (status == PIL_OK)
        status = pil_matcher_new(run->query, run->analyser, &run->matcher, err);
    if (status == PIL_OK)
        status =
            pil_alternatives_add(run->snapshot, run->query, run->analyser, run->languages.codes,
                                 run->languages.n, run->options, run->matcher, err);
    for (run->word = 0; run->word < run->query->n_clauses && status == PIL_OK; run->word++) {
        run->n_sorted = run->reach->n_items;
        status = find_forms(run, err);
        if (status == PIL_OK)
            status = find_alternatives(run, err);
    }
    return status;
}

pil_status pil_reach_find(pil_snapshot *snapshot, const pil_query *query, pil_analyser *analyser,
                          const pil_search_options *options, pil_reach **out, pil_error *err)
{
    reach_run run = {
        .snapshot = snapshot, .query = query, .analyser = analyser, .options = options};
    *out = NULL;
    run.reach = calloc(1, sizeof *run.reach);
    if (run.reach == NULL)
        return pil_error_no_memory(err);
    pil_status status = list_words(&run, err);
    if (status == PIL_OK && snapshot->combined != NULL)
        status = find_all(&run, err);
    pil_matcher_free(run.matcher);
    if (status == PIL_OK)
        *out = run.reach;
    else
        pil_reach_free(run.reach);
    return status;
}

void pil_reach_free(pil_reach *reach)
{
    if (reach == NULL)
        return;
    pil_arena_dispose(&reach->arena);
    free(reach->items);
    free(reach);
}
