#include "search/acronyms.h"

#include "acronym_alternatives.h"
#include "base/intern.h"
#include "word_runs.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- all ---- */

static pil_status note_acronym(void *context, const pil_acronym *acronym)
{
    return pil_acronym_table_add(context, acronym);
}

pil_status pil_acronyms_read(pil_snapshot *snapshot, pil_acronyms *out, pil_error *err)
{
    *out = (pil_acronyms){0};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < snapshot->manifest.n_segments && status == PIL_OK; i++)
        status = pil_segment_each_acronym(&snapshot->segments[i], note_acronym, &out->table, err);
    if (status == PIL_OK &&
        pil_acronym_table_list(&out->table, SIZE_MAX, &out->items, &out->n_items) != PIL_OK)
        status = pil_error_no_memory(err);
    return status;
}

void pil_acronyms_dispose(pil_acronyms *acronyms)
{
    free(acronyms->items);
    pil_acronym_table_dispose(&acronyms->table);
    *acronyms = (pil_acronyms){0};
}

/* ---- those of a query ---- */

/* Of one run of words, and what most paragraphs say: the others are used elsewhere, or slips. */
enum { MAX_FORMS = 3, MIN_SHARE = 3, COMMON_FACTOR = 10 };

typedef struct acronym_use {
    pil_snapshot *snapshot;
    const pil_query *query;
    pil_matcher *matcher;
    pil_intern keys;         /* of the runs of the query */
    pil_acronym_table table; /* those that have one of the keys */
    const pil_acronym *acronyms;
    size_t n_acronyms;
} acronym_use;

static pil_status note_key(void *context, const pil_word_run *run, pil_error *err)
{
    acronym_use *use = context;
    uint32_t number;
    if (pil_intern_add(&use->keys, run->key, run->key_bytes, &number, NULL) != PIL_OK)
        return pil_error_no_memory(err);
    return PIL_OK;
}

static bool is_asked_for(const acronym_use *use, const char *key)
{
    return pil_intern_find(&use->keys, key, strlen(key)) != PIL_INTERN_NONE;
}

static pil_status note_if_asked_for(void *context, const pil_acronym *acronym)
{
    acronym_use *use = context;
    if (!is_asked_for(use, acronym->short_key) && !is_asked_for(use, acronym->long_key))
        return PIL_OK;
    return pil_acronym_table_add(&use->table, acronym);
}

/* A form, and the paragraphs that have it as a word. */
typedef struct form_count {
    const char *form;
    uint64_t n;
} form_count;

static pil_status count_word(void *context, const pil_lexicon_word *word)
{
    form_count *count = context;
    if (strcmp(word->form, count->form) == 0)
        count->n += word->n_written;
    return PIL_OK;
}

/* In how many paragraphs the form is a word, in any language. */
static pil_status count_paragraphs(pil_snapshot *snapshot, const char *form, uint64_t *n,
                                   pil_error *err)
{
    form_count count = {form, 0};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < snapshot->manifest.n_segments && status == PIL_OK; i++)
        status = pil_segment_each_word(&snapshot->segments[i], form, strlen(form), count_word,
                                       &count, err);
    *n = count.n;
    return status;
}

/* Whether the short form is the same as a word that is written for other reasons: "who". */
static pil_status is_common(const acronym_use *use, const pil_acronym *acronym, bool *is_common,
                            pil_error *err)
{
    uint64_t n;
    pil_status status = count_paragraphs(use->snapshot, acronym->short_key, &n, err);
    *is_common = status == PIL_OK && n > (uint64_t)COMMON_FACTOR * acronym->n_paragraphs;
    return status;
}

/* Whether the run, which has the key of the acronym's short form, stands for it. */
static pil_status stands_for(const acronym_use *use, const pil_word_run *run,
                             const pil_acronym *acronym, bool *stands, pil_error *err)
{
    const pil_clause *clause = &use->query->clauses[run->first];
    bool common = false;
    bool is_as_written =
        run->n > 1 || (clause->text_bytes == strlen(acronym->short_form) &&
                       memcmp(clause->text, acronym->short_form, clause->text_bytes) == 0);
    pil_status status = is_as_written ? PIL_OK : is_common(use, acronym, &common, err);
    *stands = !common;
    return status;
}

static pil_status add_form(const acronym_use *use, const pil_word_run *run,
                           const pil_acronym *acronym, bool is_short, pil_error *err)
{
    const char *text = is_short ? acronym->long_form : acronym->short_form;
    pil_alternative alternative = {.text = text,
                                   .text_bytes = strlen(text),
                                   .kind = PIL_ALTERNATIVE_ACRONYM,
                                   .weight = PIL_ACRONYM_WEIGHT};
    pil_status status = PIL_OK;
    if (!is_short)
        status = is_common(use, acronym, &alternative.is_exact, err);
    for (size_t i = 0; i < run->n && status == PIL_OK; i++)
        status = pil_matcher_add_alternative(use->matcher, run->first + i, &alternative, err);
    return status;
}

/* The other forms of what has the key of the run; acronyms come the most frequent first. */
static pil_status add_forms(const acronym_use *use, const pil_word_run *run, bool is_short,
                            pil_error *err)
{
    uint32_t n_most = 0;
    size_t n_forms = 0;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < use->n_acronyms && n_forms < MAX_FORMS && status == PIL_OK; i++) {
        const pil_acronym *acronym = &use->acronyms[i];
        bool stands = true;
        if (strcmp(is_short ? acronym->short_key : acronym->long_key, run->key) != 0)
            continue;
        if (n_most == 0) {
            n_most = acronym->n_paragraphs;
            if (is_short)
                status = stands_for(use, run, acronym, &stands, err);
        }
        if (status != PIL_OK || !stands || (uint64_t)MIN_SHARE * acronym->n_paragraphs < n_most)
            break;
        n_forms++;
        status = add_form(use, run, acronym, is_short, err);
    }
    return status;
}

static pil_status add_run(void *context, const pil_word_run *run, pil_error *err)
{
    const acronym_use *use = context;
    pil_status status = add_forms(use, run, true, err);
    return status == PIL_OK ? add_forms(use, run, false, err) : status;
}

pil_status pil_acronym_alternatives_add(pil_snapshot *snapshot, const pil_query *query,
                                        pil_analyser *analyser, pil_matcher *matcher,
                                        pil_error *err)
{
    acronym_use use = {.snapshot = snapshot, .query = query, .matcher = matcher};
    pil_acronym *list = NULL;
    pil_status status = pil_word_runs_each(query, analyser, note_key, &use, err);
    for (size_t i = 0; i < snapshot->manifest.n_segments && status == PIL_OK; i++)
        status = pil_segment_each_acronym(&snapshot->segments[i], note_if_asked_for, &use, err);
    if (status == PIL_OK &&
        pil_acronym_table_list(&use.table, SIZE_MAX, &list, &use.n_acronyms) != PIL_OK)
        status = pil_error_no_memory(err);
    use.acronyms = list;
    if (status == PIL_OK && use.n_acronyms > 0)
        status = pil_word_runs_each(query, analyser, add_run, &use, err);
    free(list);
    pil_acronym_table_dispose(&use.table);
    pil_intern_dispose(&use.keys);
    return status;
}
