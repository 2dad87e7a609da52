/* Which of the paragraphs that match are shown: one an article, without copies, or in another order
 * than that of their scores. */
#include "collapse.h"
#include "found.h"
#include "searcher_internal.h"

#include <stdlib.h>

/* How far behind what is shown copies of it are looked for. Copies score alike, and so stand side
 * by side when the list is by score; in other orders they may be anywhere. */
enum { COPIES_AHEAD = 40, COPIES_AHEAD_SORTED = 200 };

enum { FIRST_FETCH = 50 };

/* What is shown of a list, from its beginning on. */
typedef struct choice {
    pil_searcher *run;
    pil_found_list list;
    pil_chosen *items; /* [0..n), behind options.offset others */
    size_t n;
    size_t n_looked_at;  /* items of the list, from its beginning */
    size_t n_passed;     /* hits, or articles, that are shown, with those before the offset */
    size_t n_ranked;     /* hits that are shown, likewise */
    bool *is_shown;      /* of each article: it has been */
    uint32_t *next;      /* [0..list.n), of sorted lists of groups: the next item of the article */
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

/* How many paragraphs from the first one on are searched for copies. */
static size_t copies_window(const choice *self)
{
    bool is_by_score = self->run->options->sort == PIL_SORT_SCORE;
    return self->n_looked_at + (is_by_score ? COPIES_AHEAD : COPIES_AHEAD_SORTED);
}

/* Whether the list is long enough for the page, and for copies of what is on it. */
static bool is_long_enough(const choice *self)
{
    bool wants_copies = self->run->options->collapse_copies;
    return self->list.is_all ||
           (is_complete(self) && (!wants_copies || self->list.n >= copies_window(self)));
}

static void dispose(choice *self)
{
    pil_collapse_dispose(&self->collapse);
    pil_found_dispose(&self->list);
    free(self->items);
    free(self->is_shown);
    free(self->next);
    free(self->originals);
    *self = (choice){.run = self->run};
}

static bool has_groups_of_several(const pil_search_options *options)
{
    return options->group_by_article && options->per_article > 1;
}

enum { NO_ITEM = UINT32_MAX };

/* Links the items of each article. */
static pil_status link_items(choice *self, pil_error *err)
{
    size_t n = self->list.n;
    uint32_t *first = malloc((n + 1) * sizeof *first); /* of each article, of those behind i */
    self->next = malloc((n + 1) * sizeof *self->next);
    if (first == NULL || self->next == NULL) {
        free(first);
        return pil_error_no_memory(err);
    }
    for (size_t i = 0; i < n; i++)
        first[i] = NO_ITEM;
    for (size_t i = n; i-- > 0;) {
        uint32_t article = self->list.items[i].article;
        self->next[i] = first[article];
        first[article] = (uint32_t)i;
    }
    free(first);
    return PIL_OK;
}

static pil_status make_room(choice *self, pil_error *err)
{
    size_t n = self->list.n + 1;
    self->items = malloc(n * sizeof *self->items);
    self->is_shown = calloc(n, sizeof *self->is_shown);
    self->originals = malloc(n * sizeof *self->originals);
    if (self->items == NULL || self->is_shown == NULL || self->originals == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    if (has_groups_of_several(self->run->options))
        status = link_items(self, err);
    if (status == PIL_OK && self->run->options->collapse_copies)
        status = pil_collapse_init(&self->collapse, self->run, &self->list, err);
    return status;
}

/* Shows item i of the list, unless it is a copy; *is_taken: it is none. */
static pil_status take(choice *self, size_t i, bool *is_taken, pil_error *err)
{
    uint32_t original = PIL_COPIES_NONE;
    pil_status status = PIL_OK;
    if (self->run->options->collapse_copies)
        status = pil_collapse_take(&self->collapse, i, &original, err);
    *is_taken =
        status == PIL_OK && (original != PIL_COPIES_NONE || !self->run->options->collapse_copies);
    if (!*is_taken)
        return status;
    self->n_ranked++;
    if (self->n_passed < self->run->options->offset)
        return PIL_OK;
    self->originals[self->n] = original;
    self->items[self->n++] =
        (pil_chosen){.found = self->list.items[i], .rank = (uint32_t)self->n_ranked};
    return PIL_OK;
}

/* Shows the best behind item i of its article, which is shown. */
static pil_status take_others(choice *self, size_t i, pil_error *err)
{
    uint32_t n_taken = 1;
    pil_status status = PIL_OK;
    for (uint32_t at = self->next[i];
         at != NO_ITEM && n_taken < self->run->options->per_article && status == PIL_OK;
         at = self->next[at]) {
        bool is_taken;
        status = take(self, at, &is_taken, err);
        n_taken += is_taken;
    }
    return status;
}

/* Shows what item i of the list leads to: itself, or the best of its article unless that was shown.
 */
static pil_status consider(choice *self, size_t i, pil_error *err)
{
    const pil_search_options *options = self->run->options;
    size_t begin = self->n;
    bool is_taken;
    pil_status status = PIL_OK;
    if (options->group_by_article) {
        status = pil_found_article(self->run, &self->list, i, err);
        if (status != PIL_OK || self->is_shown[self->list.items[i].article])
            return status;
    }
    status = take(self, i, &is_taken, err);
    if (status != PIL_OK || !is_taken)
        return status;
    if (options->group_by_article)
        self->is_shown[self->list.items[i].article] = true;
    if (has_groups_of_several(options))
        status = take_others(self, i, err);
    for (size_t k = begin; k < self->n; k++) {
        self->items[k].group_number = (uint32_t)(k - begin + 1);
        self->items[k].group_size = (uint32_t)(self->n - begin);
    }
    self->n_passed++;
    return status;
}

static pil_status choose(choice *self, pil_error *err)
{
    pil_status status = make_room(self, err);
    for (size_t i = 0; i < self->list.n && !is_complete(self) && status == PIL_OK; i++) {
        status = consider(self, i, err);
        self->n_looked_at = i + 1;
    }
    return status;
}

static pil_status find_copies(choice *self, pil_error *err)
{
    pil_collapse *collapse = &self->collapse;
    pil_status status = pil_collapse_look_ahead(collapse, copies_window(self), err);
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
    size_t wanted = n_wanted(options) + (options->collapse_copies ? COPIES_AHEAD : 0);
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
        bool needs_all = options->sort != PIL_SORT_SCORE || has_groups_of_several(options);
        pil_status status = needs_all ? pil_found_sorted(self->run, &self->list, err)
                                      : pil_found_best(self->run, 0, fetch, &self->list, err);
        if (status == PIL_OK)
            status = choose(self, err);
        if (status != PIL_OK || is_long_enough(self))
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
