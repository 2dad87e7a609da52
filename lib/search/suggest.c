#include "search/suggest.h"

#include "base/edit_distance.h"
#include "base/utf8.h"
#include "single_form.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Words of so many characters may have so many slips; in shorter ones nearly everything is near. */
enum { MIN_CHARACTERS = 4, MIN_CHARACTERS_FOR_TWO = 8 };

typedef struct candidate {
    char form[PIL_TERM_MAX_BYTES + 1];
    size_t distance;
    uint64_t n_paragraphs;
} candidate;

/* The words that are near, as each segment and language has them. */
typedef struct suggestion {
    const char *form;
    size_t length;
    size_t limit;
    candidate *candidates;
    size_t n, capacity;
} suggestion;

static size_t slips_allowed(const char *form, size_t length)
{
    size_t n = pil_utf8_count(form, length);
    return n < MIN_CHARACTERS ? 0 : n < MIN_CHARACTERS_FOR_TWO ? 1 : 2;
}

static pil_status add_candidate(suggestion *run, const char *form, uint32_t n_paragraphs,
                                size_t distance)
{
    if (run->n == run->capacity) {
        size_t capacity = run->capacity == 0 ? 16 : 2 * run->capacity;
        candidate *grown = realloc(run->candidates, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        run->candidates = grown;
        run->capacity = capacity;
    }
    candidate *added = &run->candidates[run->n++];
    added->distance = distance;
    added->n_paragraphs = n_paragraphs;
    memcpy(added->form, form, strlen(form) + 1);
    return PIL_OK;
}

static pil_status consider(void *context, const pil_lexicon_word *word)
{
    suggestion *run = context;
    size_t length = strlen(word->form);
    if (word->n_written == 0 || length > PIL_TERM_MAX_BYTES)
        return PIL_OK;
    size_t distance = pil_edit_distance(run->form, run->length, word->form, length, run->limit);
    return distance > run->limit ? PIL_OK
                                 : add_candidate(run, word->form, word->n_written, distance);
}

static int compare_forms(const void *left, const void *right)
{
    return strcmp(((const candidate *)left)->form, ((const candidate *)right)->form);
}

static bool is_better(const candidate *one, const candidate *other)
{
    if (one->distance != other->distance)
        return one->distance < other->distance;
    return one->n_paragraphs > other->n_paragraphs;
}

/* Adds up what segments and languages have of one form, and returns the best; NULL when there is
 * none. */
static const candidate *choose(suggestion *run)
{
    const candidate *best = NULL;
    if (run->n == 0)
        return NULL;
    qsort(run->candidates, run->n, sizeof *run->candidates, compare_forms);
    for (size_t i = 0; i < run->n;) {
        candidate *form = &run->candidates[i++];
        for (; i < run->n && compare_forms(form, &run->candidates[i]) == 0; i++)
            form->n_paragraphs += run->candidates[i].n_paragraphs;
        if (best == NULL || is_better(form, best))
            best = form;
    }
    return best;
}

pil_status pil_suggest(pil_snapshot *snapshot, const pil_clause *clause, pil_analyser *analyser,
                       pil_buffer *out, pil_error *err)
{
    char form[PIL_TERM_MAX_BYTES + 1];
    suggestion run = {.form = form};
    pil_status status = pil_single_form(clause, analyser, "", form, &run.length, err);
    if (status != PIL_OK)
        return status;
    run.limit = slips_allowed(form, run.length);
    for (size_t i = 0; i < snapshot->manifest.n_segments && status == PIL_OK && run.limit > 0; i++)
        status = pil_segment_each_word(&snapshot->segments[i], "", 0, consider, &run, err);
    const candidate *best = status == PIL_OK ? choose(&run) : NULL;
    /* The word itself is there, in paragraphs that were replaced or in another language's stem. */
    bool is_known = best != NULL && best->distance == 0;
    if (best != NULL && !is_known && pil_buffer_append_string(out, best->form) != PIL_OK)
        status = pil_error_no_memory(err);
    free(run.candidates);
    return status;
}
