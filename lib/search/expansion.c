#include "expansion.h"

#include "base/edit_distance.h"
#include "base/glob.h"

#include <stdlib.h>
#include <string.h>

/* A clause that is being expanded. */
typedef struct expanded {
    const pil_clause *clause;
    size_t clause_number;
    size_t pattern_bytes;
    size_t prefix_bytes; /* of the pattern, before its first wildcard; 0 of FUZZY ones */
    size_t suffix_bytes; /* behind its last */
    pil_expanded_form *found;
    size_t n_found, capacity;
} expanded;

/* A walk through the lexicon for some of the patterns. */
typedef struct lexicon_walk {
    expanded **patterns; /* [0..n_patterns) */
    size_t n_patterns;
    pil_arena *arena;
} lexicon_walk;

static pil_status keep_form(lexicon_walk *walk, expanded *pattern, const pil_lexicon_word *word,
                            uint32_t distance)
{
    if (pattern->n_found == pattern->capacity) {
        size_t capacity = pattern->capacity == 0 ? 64 : 2 * pattern->capacity;
        pil_expanded_form *grown = realloc(pattern->found, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        pattern->found = grown;
        pattern->capacity = capacity;
    }
    pil_expanded_form *form = &pattern->found[pattern->n_found];
    *form = (pil_expanded_form){
        .form = pil_arena_copy(walk->arena, word->form, strlen(word->form)),
        .stem = pil_arena_copy(walk->arena, word->stem, strlen(word->stem)),
        .n_paragraphs = (uint64_t)word->n_written + word->n_derived,
        .distance = distance,
    };
    if (form->form == NULL || form->stem == NULL)
        return PIL_NO_MEMORY;
    pattern->n_found++;
    return PIL_OK;
}

/* What the pattern begins and ends with is compared first: that rules out nearly every word. */
static bool is_like(const expanded *pattern, const char *form, size_t length)
{
    const char *text = pattern->clause->pattern;
    size_t n = pattern->suffix_bytes;
    return length >= pattern->prefix_bytes && length >= n &&
           memcmp(form, text, pattern->prefix_bytes) == 0 &&
           memcmp(form + length - n, text + pattern->pattern_bytes - n, n) == 0 &&
           pil_glob_matches(text, form);
}

static pil_status consider(void *context, const pil_lexicon_word *word)
{
    lexicon_walk *walk = context;
    size_t length = strlen(word->form);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < walk->n_patterns && status == PIL_OK; i++) {
        expanded *pattern = walk->patterns[i];
        if (pattern->clause->kind == PIL_CLAUSE_PATTERN) {
            if (is_like(pattern, word->form, length))
                status = keep_form(walk, pattern, word, 0);
            continue;
        }
        size_t distance = pil_edit_distance(pattern->clause->pattern, pattern->pattern_bytes,
                                            word->form, length, pattern->clause->distance);
        if (distance <= pattern->clause->distance)
            status = keep_form(walk, pattern, word, (uint32_t)distance);
    }
    return status;
}

static pil_status walk_segments(pil_snapshot *snapshot, lexicon_walk *walk, const char *prefix,
                                size_t prefix_bytes, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < snapshot->manifest.n_segments && status == PIL_OK; i++)
        status = pil_segment_each_word(&snapshot->segments[i], prefix, prefix_bytes, consider, walk,
                                       err);
    return status;
}

/* Those that say how a word begins walk by themselves, through a part of the lexicon; all others
 * together, through the whole of it. */
static pil_status find_forms(pil_snapshot *snapshot, expanded *patterns, size_t n, pil_arena *arena,
                             pil_error *err)
{
    expanded *together[PIL_QUERY_MAX_WORDS];
    lexicon_walk whole = {.patterns = together, .arena = arena};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        expanded *alone[] = {&patterns[i]};
        lexicon_walk part = {.patterns = alone, .n_patterns = 1, .arena = arena};
        if (patterns[i].prefix_bytes == 0)
            together[whole.n_patterns++] = &patterns[i];
        else
            status = walk_segments(snapshot, &part, patterns[i].clause->pattern,
                                   patterns[i].prefix_bytes, err);
    }
    if (status == PIL_OK && whole.n_patterns > 0)
        status = walk_segments(snapshot, &whole, "", 0, err);
    return status;
}

/* ---- the best of them ---- */

static int compare_strings(const void *left, const void *right)
{
    const pil_expanded_form *a = left, *b = right;
    int difference = strcmp(a->form, b->form);
    return difference != 0 ? difference : strcmp(a->stem, b->stem);
}

static int compare_rank(const void *left, const void *right)
{
    const pil_expanded_form *a = left, *b = right;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    if (a->n_paragraphs != b->n_paragraphs)
        return a->n_paragraphs > b->n_paragraphs ? -1 : 1;
    return compare_strings(a, b);
}

/* Adds up what segments and languages have of one form, and puts the best first. */
static void rank(expanded *pattern)
{
    size_t n = 0;
    if (pattern->n_found == 0)
        return;
    qsort(pattern->found, pattern->n_found, sizeof *pattern->found, compare_strings);
    for (size_t i = 0; i < pattern->n_found; i++) {
        if (n > 0 && compare_strings(&pattern->found[n - 1], &pattern->found[i]) == 0)
            pattern->found[n - 1].n_paragraphs += pattern->found[i].n_paragraphs;
        else
            pattern->found[n++] = pattern->found[i];
    }
    pattern->n_found = n;
    qsort(pattern->found, n, sizeof *pattern->found, compare_rank);
}

static pil_status keep_best(pil_expansions *out, expanded *pattern, size_t limit,
                            pil_matcher *matcher, pil_error *err)
{
    pil_clause_forms *forms = &out->clauses[pattern->clause_number];
    rank(pattern);
    forms->is_cut = pattern->n_found > limit;
    forms->n = forms->is_cut ? limit : pattern->n_found;
    forms->items = pil_arena_alloc(&out->arena, (forms->n + 1) * sizeof *forms->items);
    if (forms->items == NULL)
        return pil_error_no_memory(err);
    if (forms->n > 0)
        memcpy(forms->items, pattern->found, forms->n * sizeof *forms->items);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < forms->n && status == PIL_OK; i++)
        status = pil_matcher_add_form(matcher, pattern->clause_number, forms->items[i].form, err);
    return status;
}

/* ---- the whole ---- */

static void read_pattern(expanded *pattern, const pil_clause *clause, size_t number)
{
    *pattern = (expanded){
        .clause = clause, .clause_number = number, .pattern_bytes = strlen(clause->pattern)};
    if (clause->kind == PIL_CLAUSE_FUZZY)
        return;
    pattern->prefix_bytes = strcspn(clause->pattern, "*?");
    size_t begin = pattern->pattern_bytes;
    while (begin > pattern->prefix_bytes && strchr("*?", clause->pattern[begin - 1]) == NULL)
        begin--;
    pattern->suffix_bytes = pattern->pattern_bytes - begin;
}

static size_t list_patterns(const pil_query *query, expanded *patterns)
{
    size_t n = 0;
    for (size_t i = 0; i < query->n_clauses; i++) {
        const pil_clause *clause = &query->clauses[i];
        if (clause->kind == PIL_CLAUSE_PATTERN || clause->kind == PIL_CLAUSE_FUZZY)
            read_pattern(&patterns[n++], clause, i);
    }
    return n;
}

pil_status pil_expansions_make(pil_expansions *out, pil_snapshot *snapshot, const pil_query *query,
                               pil_matcher *matcher, pil_error *err)
{
    pil_expansions made = {0};
    expanded *patterns = calloc(query->n_clauses + 1, sizeof *patterns);
    made.clauses = pil_arena_alloc(&made.arena, (query->n_clauses + 1) * sizeof *made.clauses);
    pil_status status =
        patterns == NULL || made.clauses == NULL ? pil_error_no_memory(err) : PIL_OK;
    size_t n = 0;
    if (status == PIL_OK) {
        memset(made.clauses, 0, (query->n_clauses + 1) * sizeof *made.clauses);
        n = list_patterns(query, patterns);
        status = find_forms(snapshot, patterns, n, &made.arena, err);
    }
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = keep_best(&made, &patterns[i], PIL_EXPANSION_MAX_FORMS / n, matcher, err);
    for (size_t i = 0; i < n; i++)
        free(patterns[i].found);
    free(patterns);
    if (status == PIL_OK)
        *out = made;
    else
        pil_expansions_dispose(&made);
    return status;
}

void pil_expansions_dispose(pil_expansions *expansions)
{
    pil_arena_dispose(&expansions->arena);
    *expansions = (pil_expansions){0};
}
