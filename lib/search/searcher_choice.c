/* Which of the paragraphs that match are shown: one an article, without copies, or in another order
 * than that of their scores. */
#include "collapse.h"
#include "found.h"
#include "searcher_internal.h"

#include <stdlib.h>

enum { FIRST_FETCH = 64, COPIES_WINDOW = 200, COPIES_FACTOR = 4 };

/* What is shown of a list, from its beginning on. */
typedef struct choice {
    pil_searcher *run;
    pil_found_list list;
    pil_chosen *items; /* [0..n), behind options.offset others */
    size_t n;
    size_t n_passed;     /* that are shown, with those before the offset */
    bool *is_shown;      /* of each article: it has been */
    uint32_t *originals; /* [0..n): the number of each item among the originals */
    pil_collapse collapse;
} choice;

static size_t n_wanted(const pil_search_options *options)
{
    return (size_t)options->offset + options->limit;
}

static bool is_complete(const choice *self)
{
    return self->n_passed == n_wanted(self->run->options);
}

static void dispose(choice *self)
{
    pil_collapse_dispose(&self->collapse);
    pil_found_dispose(&self->list);
    free(self->items);
    free(self->is_shown);
    free(self->originals);
    *self = (choice){.run = self->run};
}

static pil_status make_room(choice *self, pil_error *err)
{
    size_t n = self->list.n + 1;
    self->items = malloc(n * sizeof *self->items);
    self->is_shown = calloc(n, sizeof *self->is_shown);
    self->originals = malloc(n * sizeof *self->originals);
    if (self->items == NULL || self->is_shown == NULL || self->originals == NULL)
        return pil_error_no_memory(err);
    return self->run->options->collapse_copies
               ? pil_collapse_init(&self->collapse, self->run, &self->list, err)
               : PIL_OK;
}

/* Shows item i of the list, unless it is a copy or its article was shown. */
static pil_status consider(choice *self, size_t i, pil_error *err)
{
    const pil_search_options *options = self->run->options;
    uint32_t original = PIL_COPIES_NONE;
    pil_status status = PIL_OK;
    if (options->group_by_article) {
        status = pil_found_article(self->run, &self->list, i, err);
        if (status != PIL_OK || self->is_shown[self->list.items[i].article])
            return status;
    }
    if (options->collapse_copies) {
        status = pil_collapse_take(&self->collapse, i, &original, err);
        if (status != PIL_OK || original == PIL_COPIES_NONE)
            return status;
    }
    if (options->group_by_article)
        self->is_shown[self->list.items[i].article] = true;
    if (self->n_passed++ >= options->offset) {
        self->originals[self->n] = original;
        self->items[self->n++] =
            (pil_chosen){.found = self->list.items[i], .rank = (uint32_t)self->n_passed};
    }
    return status;
}

static pil_status choose(choice *self, pil_error *err)
{
    pil_status status = make_room(self, err);
    for (size_t i = 0; i < self->list.n && !is_complete(self) && status == PIL_OK; i++)
        status = consider(self, i, err);
    return status;
}

/* How many paragraphs from the first one on are searched for copies. */
static size_t copies_window(const pil_search_options *options)
{
    size_t n = COPIES_FACTOR * n_wanted(options);
    return n > COPIES_WINDOW ? n : COPIES_WINDOW;
}

static pil_status find_copies(choice *self, pil_error *err)
{
    pil_collapse *collapse = &self->collapse;
    pil_status status = pil_collapse_look_ahead(collapse, copies_window(self->run->options), err);
    if (status == PIL_OK)
        status = pil_collapse_sort(collapse, err);
    for (size_t i = 0; i < self->n && status == PIL_OK; i++) {
        uint32_t begin = collapse->begins[self->originals[i]];
        self->items[i].copies = collapse->sorted + begin;
        self->items[i].n_copies = collapse->begins[self->originals[i] + 1] - begin;
    }
    return status;
}

static uint32_t first_fetch(const pil_search_options *options)
{
    size_t wanted = options->collapse_copies ? copies_window(options) : n_wanted(options);
    return wanted < FIRST_FETCH ? FIRST_FETCH : wanted > INT32_MAX ? INT32_MAX : (uint32_t)wanted;
}

/* libxapian can collapse hits by a value, but goes through all that it has kept for each of them,
 * and the value would have to be on every paragraph: so ever more hits are fetched until there are
 * enough to show among them. */
static pil_status find(choice *self, pil_error *err)
{
    const pil_search_options *options = self->run->options;
    for (uint32_t fetch = first_fetch(options);;
         fetch = fetch > INT32_MAX / 4 ? INT32_MAX : fetch * 4) {
        pil_status status = options->sort != PIL_SORT_SCORE
                                ? pil_found_sorted(self->run, &self->list, err)
                                : pil_found_best(self->run, 0, fetch, &self->list, err);
        if (status == PIL_OK)
            status = choose(self, err);
        if (status != PIL_OK || self->list.is_all || is_complete(self))
            return status;
        dispose(self);
    }
}

pil_status pil_searcher_find_choice(pil_searcher *run, pil_error *err)
{
    choice self = {.run = run};
    pil_status status = find(&self, err);
    if (status == PIL_OK && run->options->collapse_copies)
        status = find_copies(&self, err);
    if (status == PIL_OK)
        status = pil_searcher_fill_hits(run, self.items, self.n, err);
    dispose(&self);
    return status;
}
