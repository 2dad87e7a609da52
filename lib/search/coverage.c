#include "coverage.h"

#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = UINT32_MAX };

/* That a clause is looked up by a stem; in a list of all that are by the same. */
typedef struct stem_use {
    uint32_t clause;
    uint32_t next; /* in uses; or NONE */
} stem_use;

typedef struct coverage {
    pil_clause_forms *clauses;
    pil_intern stems;
    uint32_t *first_use; /* [0..stems.n_entries), in uses */
    stem_use *uses;      /* [0..n_uses) */
    size_t n_uses;
    pil_intern *forms; /* of each clause */
} coverage;

static size_t count_forms(const pil_expansions *expansions, size_t n_clauses)
{
    size_t n = 0;
    for (size_t i = 0; i < n_clauses; i++)
        n += expansions->clauses[i].n;
    return n;
}

static pil_status note_form(coverage *self, uint32_t clause, const pil_expanded_form *form)
{
    uint32_t stem;
    bool is_new;
    if (pil_intern_add(&self->forms[clause], form->form, strlen(form->form), &stem, NULL) !=
            PIL_OK ||
        pil_intern_add(&self->stems, form->stem, strlen(form->stem), &stem, &is_new) != PIL_OK)
        return PIL_NO_MEMORY;
    uint32_t first = is_new ? NONE : self->first_use[stem];
    if (first != NONE && self->uses[first].clause == clause)
        return PIL_OK;
    self->uses[self->n_uses] = (stem_use){.clause = clause, .next = first};
    self->first_use[stem] = (uint32_t)self->n_uses++;
    return PIL_OK;
}

/* Another form of a stem is one too many for each clause that is looked up by it. */
static pil_status check_word(void *context, const pil_lexicon_word *word)
{
    coverage *self = context;
    uint32_t stem = pil_intern_find(&self->stems, word->stem, strlen(word->stem));
    if (stem == PIL_INTERN_NONE)
        return PIL_OK;
    for (uint32_t use = self->first_use[stem]; use != NONE; use = self->uses[use].next) {
        uint32_t clause = self->uses[use].clause;
        if (pil_intern_find(&self->forms[clause], word->form, strlen(word->form)) ==
            PIL_INTERN_NONE)
            self->clauses[clause].is_decided = false;
    }
    return PIL_OK;
}

static pil_status check_words(coverage *self, size_t n_clauses, pil_snapshot *snapshot,
                              pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_clauses && status == PIL_OK; i++) {
        self->clauses[i].is_decided = true;
        for (size_t j = 0; j < self->clauses[i].n && status == PIL_OK; j++)
            if (note_form(self, (uint32_t)i, &self->clauses[i].items[j]) != PIL_OK)
                status = pil_error_no_memory(err);
    }
    for (size_t i = 0; i < snapshot->manifest.n_segments && status == PIL_OK; i++)
        status = pil_segment_each_word(&snapshot->segments[i], "", 0, check_word, self, err);
    return status;
}

pil_status pil_coverage_find(pil_expansions *expansions, size_t n_clauses, pil_snapshot *snapshot,
                             pil_error *err)
{
    size_t n_forms = count_forms(expansions, n_clauses);
    bool is_cut = false;
    for (size_t i = 0; i < n_clauses; i++)
        is_cut |= expansions->clauses[i].is_cut;
    if (n_forms == 0 || is_cut)
        return PIL_OK;
    coverage self = {.clauses = expansions->clauses,
                     .first_use = calloc(n_forms, sizeof *self.first_use),
                     .uses = calloc(n_forms, sizeof *self.uses),
                     .forms = calloc(n_clauses, sizeof *self.forms)};
    pil_status status = self.first_use == NULL || self.uses == NULL || self.forms == NULL
                            ? pil_error_no_memory(err)
                            : check_words(&self, n_clauses, snapshot, err);
    for (size_t i = 0; self.forms != NULL && i < n_clauses; i++)
        pil_intern_dispose(&self.forms[i]);
    free(self.forms);
    free(self.uses);
    free(self.first_use);
    pil_intern_dispose(&self.stems);
    return status;
}
