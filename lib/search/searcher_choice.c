/* Which of the paragraphs that match are shown: one an article, or in another order than that of
 * their scores. */
#include "found.h"
#include "searcher_internal.h"

#include <stdlib.h>

enum { FIRST_FETCH = 64 };

/* What is shown of a list, from its beginning on. */
typedef struct choice {
    pil_found *items; /* [0..n), behind options.offset others */
    size_t n;
    size_t n_passed; /* that are shown, with those before the offset */
    bool *is_shown;  /* of each article: it has been */
} choice;

static bool is_complete(const pil_searcher *run, const choice *chosen)
{
    return chosen->n_passed == (size_t)run->options->offset + run->options->limit;
}

static pil_status choose(pil_searcher *run, pil_found_list *list, choice *out, pil_error *err)
{
    *out = (choice){.items = malloc((list->n + 1) * sizeof *out->items),
                    .is_shown = calloc(list->n + 1, sizeof *out->is_shown)};
    bool is_grouped = run->options->group_by_article;
    pil_status status =
        out->items == NULL || out->is_shown == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < list->n && !is_complete(run, out) && status == PIL_OK; i++) {
        if (is_grouped)
            status = pil_found_article(run, list, i, err);
        if (status != PIL_OK || (is_grouped && out->is_shown[list->items[i].article]))
            continue;
        if (is_grouped)
            out->is_shown[list->items[i].article] = true;
        if (out->n_passed++ >= run->options->offset)
            out->items[out->n++] = list->items[i];
    }
    return status;
}

static void dispose(choice *chosen)
{
    free(chosen->items);
    free(chosen->is_shown);
    *chosen = (choice){0};
}

static uint32_t first_fetch(const pil_search_options *options)
{
    uint64_t wanted = (uint64_t)options->offset + options->limit;
    return wanted < FIRST_FETCH ? FIRST_FETCH : wanted > INT32_MAX ? INT32_MAX : (uint32_t)wanted;
}

/* libxapian can collapse hits by a value, but goes through all that it has kept for each of them,
 * and the value would have to be on every paragraph: so ever more hits are fetched until there are
 * enough articles among them. */
static pil_status find(pil_searcher *run, pil_found_list *list, choice *chosen, pil_error *err)
{
    bool is_sorted = run->options->sort != PIL_SORT_SCORE;
    for (uint32_t fetch = first_fetch(run->options);;
         fetch = fetch > INT32_MAX / 4 ? INT32_MAX : fetch * 4) {
        pil_status status =
            is_sorted ? pil_found_sorted(run, list, err) : pil_found_best(run, 0, fetch, list, err);
        if (status == PIL_OK)
            status = choose(run, list, chosen, err);
        if (status != PIL_OK || list->is_all || is_complete(run, chosen))
            return status;
        pil_found_dispose(list);
        dispose(chosen);
    }
}

pil_status pil_searcher_find_choice(pil_searcher *run, pil_error *err)
{
    pil_found_list list = {0};
    choice chosen = {0};
    pil_status status = find(run, &list, &chosen, err);
    if (status == PIL_OK)
        status = pil_searcher_fill_hits(run, chosen.items, chosen.n, err);
    pil_found_dispose(&list);
    dispose(&chosen);
    return status;
}
