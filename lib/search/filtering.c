#include "filtering.h"

#include "base/arena.h"
#include "base/glob.h"
#include "index/stored_path.h"
#include "search/dates.h"

#include <stdlib.h>
#include <string.h>

/* A filter made ready. */
typedef struct prepared {
    const pil_filter *filter;
    const char **forms; /* [0..n_forms): of text fields, the words of the value */
    size_t n_forms;
    char language[PIL_LANGUAGE_MAX]; /* of languages */
} prepared;

struct pil_filtering {
    pil_analyser *analyser;
    prepared *items;
    size_t n_items;
    pil_arena arena;
};

static bool is_of_paragraphs(pil_filter_field field)
{
    return field == PIL_FILTER_HEADING || field == PIL_FILTER_LANGUAGE;
}

/* ---- making ready ---- */

/* The words in no language in particular: names are not stemmed. */
static pil_status keep_forms(pil_filtering *self, prepared *item, pil_error *err)
{
    const pil_token *tokens;
    size_t n;
    pil_status status = pil_analyser_run(self->analyser, "", item->filter->value,
                                         item->filter->value_bytes, &tokens, &n, err);
    if (status != PIL_OK)
        return status;
    item->forms = pil_arena_alloc(&self->arena, (n + 1) * sizeof *item->forms);
    for (size_t i = 0; item->forms != NULL && i < n; i++) {
        if (tokens[i].kind != PIL_TOKEN_WORD)
            continue;
        const char *form = pil_arena_copy(&self->arena, tokens[i].form, tokens[i].form_bytes);
        if (form == NULL)
            return pil_error_no_memory(err);
        item->forms[item->n_forms++] = form;
    }
    return item->forms == NULL ? pil_error_no_memory(err) : PIL_OK;
}

static pil_status prepare(pil_filtering *self, prepared *item, pil_error *err)
{
    switch (item->filter->field) {
    case PIL_FILTER_TITLE:
    case PIL_FILTER_AUTHOR:
    case PIL_FILTER_SOURCE:
    case PIL_FILTER_HEADING:
        return keep_forms(self, item, err);
    case PIL_FILTER_LANGUAGE:
        (void)pil_language_normalise(item->filter->value, item->language); /* it is one */
        return PIL_OK;
    default:
        return PIL_OK;
    }
}

pil_status pil_filtering_new(pil_filtering **out, const pil_filter *filters, size_t n_filters,
                             pil_analyser *analyser, pil_error *err)
{
    *out = NULL;
    pil_filtering *self = calloc(1, sizeof *self);
    if (self == NULL)
        return pil_error_no_memory(err);
    self->analyser = analyser;
    self->items = calloc(n_filters + 1, sizeof *self->items);
    pil_status status = self->items == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < n_filters && status == PIL_OK; i++) {
        prepared *item = &self->items[self->n_items++];
        item->filter = &filters[i];
        status = prepare(self, item, err);
    }
    if (status == PIL_OK)
        *out = self;
    else
        pil_filtering_free(self);
    return status;
}

void pil_filtering_free(pil_filtering *filtering)
{
    if (filtering == NULL)
        return;
    pil_arena_dispose(&filtering->arena);
    free(filtering->items);
    free(filtering);
}

static bool has_some(const pil_filtering *self, bool of_paragraphs)
{
    for (size_t i = 0; i < self->n_items; i++) {
        if (is_of_paragraphs(self->items[i].filter->field) == of_paragraphs)
            return true;
    }
    return false;
}

bool pil_filtering_has_article_filters(const pil_filtering *filtering)
{
    return has_some(filtering, false);
}

bool pil_filtering_has_paragraph_filters(const pil_filtering *filtering)
{
    return has_some(filtering, true);
}

/* ---- what an article or paragraph is ---- */

static bool has_form(const pil_token *tokens, size_t n, const char *form)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(tokens[i].form, form) == 0)
            return true;
    }
    return false;
}

/* Whether text has all words of the value, in any order. */
static pil_status has_words(const pil_filtering *self, const prepared *item, const char *text,
                            bool *has, pil_error *err)
{
    const pil_token *tokens;
    size_t n;
    *has = false;
    pil_status status = pil_analyser_run(self->analyser, "", text, strlen(text), &tokens, &n, err);
    if (status != PIL_OK)
        return status;
    *has = item->n_forms > 0;
    for (size_t i = 0; i < item->n_forms && *has; i++)
        *has = has_form(tokens, n, item->forms[i]);
    return PIL_OK;
}

/* An article whose date is not known is of no date. */
static bool is_dated(const pil_filter *filter, const char *date)
{
    uint32_t first_day, last_day;
    if (!pil_dates_of_article(date, &first_day, &last_day))
        return false;
    return first_day <= filter->last_day && last_day >= filter->first_day;
}

/* A pattern may begin at any folder. */
static bool is_like_some_end(const char *path, const char *pattern)
{
    if (pil_glob_matches(pattern, path))
        return true;
    for (const char *slash = path; (slash = strchr(slash, '/')) != NULL;)
        if (pil_glob_matches(pattern, ++slash))
            return true;
    return false;
}

static pil_status is_like_stored(const prepared *item, const char *directory, const char *stored,
                                 bool *is, pil_error *err)
{
    char *path = pil_stored_path_resolve(directory, stored);
    if (path == NULL)
        return pil_error_no_memory(err);
    *is = is_like_some_end(path, item->filter->value);
    free(path);
    return PIL_OK;
}

/* By its file's path, or, in an archive, by that with "#" and the name of the file in it, or by the
 * name alone. */
static pil_status is_at(const prepared *item, const char *directory, const pil_article_meta *meta,
                        bool *is, pil_error *err)
{
    pil_status status = is_like_stored(item, directory, meta->path, is, err);
    if (status != PIL_OK || *is || meta->member_bytes == 0)
        return status;
    char *file = strndup(meta->id, strlen(meta->path) + 1 + meta->member_bytes);
    if (file == NULL)
        return pil_error_no_memory(err);
    status = is_like_stored(item, directory, file, is, err);
    for (const char *hash = file + strlen(meta->path); hash != NULL && !*is;
         hash = strchr(hash + 1, '#'))
        *is = is_like_some_end(hash + 1, item->filter->value);
    free(file);
    return status;
}

static pil_status holds_for_article(const pil_filtering *self, const prepared *item,
                                    const char *directory, const pil_article_meta *meta,
                                    bool *holds, pil_error *err)
{
    switch (item->filter->field) {
    case PIL_FILTER_TITLE:
        return has_words(self, item, meta->title, holds, err);
    case PIL_FILTER_AUTHOR:
        return has_words(self, item, meta->author, holds, err);
    case PIL_FILTER_SOURCE:
        return has_words(self, item, meta->source, holds, err);
    case PIL_FILTER_PATH:
        return is_at(item, directory, meta, holds, err);
    default:
        *holds = is_dated(item->filter, meta->date);
        return PIL_OK;
    }
}

/* What the filters of each field came to. Of several that want the same field, one is enough; none
 * that excludes may hold. */
typedef struct verdict {
    bool is_wanted[PIL_FILTER_N_FIELDS]; /* by some filter */
    bool holds[PIL_FILTER_N_FIELDS];     /* one of these */
    bool is_excluded;
} verdict;

static void note(verdict *all, const pil_filter *filter, bool holds)
{
    if (filter->excludes) {
        all->is_excluded |= holds;
        return;
    }
    all->is_wanted[filter->field] = true;
    all->holds[filter->field] |= holds;
}

static bool passes(const verdict *all)
{
    bool passes = !all->is_excluded;
    for (int i = 0; i < PIL_FILTER_N_FIELDS; i++)
        passes = passes && (!all->is_wanted[i] || all->holds[i]);
    return passes;
}

static pil_status article_passes(const pil_filtering *self, const char *directory,
                                 const pil_article_meta *meta, bool *is_accepted, pil_error *err)
{
    verdict all = {.is_excluded = false};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < self->n_items && status == PIL_OK; i++) {
        const prepared *item = &self->items[i];
        bool holds = false;
        if (is_of_paragraphs(item->filter->field))
            continue;
        status = holds_for_article(self, item, directory, meta, &holds, err);
        note(&all, item->filter, holds);
    }
    *is_accepted = status == PIL_OK && passes(&all);
    return status;
}

pil_status pil_filtering_accepts(pil_filtering *filtering, const pil_record *record,
                                 bool *is_accepted, pil_error *err)
{
    verdict all = {.is_excluded = false};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < filtering->n_items && status == PIL_OK; i++) {
        const prepared *item = &filtering->items[i];
        bool holds = false;
        if (!is_of_paragraphs(item->filter->field))
            continue;
        if (item->filter->field == PIL_FILTER_LANGUAGE)
            holds = strcmp(record->language, item->language) == 0;
        else
            status = has_words(filtering, item, record->heading, &holds, err);
        note(&all, item->filter, holds);
    }
    *is_accepted = status == PIL_OK && passes(&all);
    return status;
}

bool pil_filtering_has_field(const pil_filtering *filtering, pil_filter_field field)
{
    for (size_t i = 0; i < filtering->n_items; i++)
        if (filtering->items[i].filter->field == field)
            return true;
    return false;
}

bool pil_filtering_accepts_language(const pil_filtering *filtering, const char *language)
{
    verdict all = {.is_excluded = false};
    for (size_t i = 0; i < filtering->n_items; i++) {
        const prepared *item = &filtering->items[i];
        if (item->filter->field == PIL_FILTER_LANGUAGE)
            note(&all, item->filter, strcmp(language, item->language) == 0);
    }
    return passes(&all);
}

/* ---- all articles ---- */

static pil_status filter_segment(const pil_filtering *self, const char *directory,
                                 pil_segment *segment, pil_buffer *strings,
                                 pil_segment_selection *list, pil_error *err)
{
    pil_status status = PIL_OK;
    uint32_t first = 1;
    while (first <= segment->entry->n_paragraphs && status == PIL_OK) {
        pil_article_meta meta;
        bool is_accepted = false;
        status = pil_segment_article(segment, first, strings, &meta, err);
        if (status == PIL_OK && meta.n_paragraphs == 0)
            status = pil_error_set(err, PIL_CORRUPT, "segment %s: an article has no paragraphs",
                                   segment->entry->id);
        if (status == PIL_OK)
            status = article_passes(self, directory, &meta, &is_accepted, err);
        if (status == PIL_OK && is_accepted)
            status = pil_selection_add(
                list, (pil_docid_range){first, first + meta.n_paragraphs - 1}, err);
        if (status == PIL_OK)
            first += meta.n_paragraphs;
    }
    return status;
}

pil_status pil_filtering_articles(pil_filtering *filtering, pil_snapshot *snapshot,
                                  pil_selection *out, pil_error *err)
{
    pil_selection selection;
    pil_status status = pil_selection_init(&selection, snapshot->manifest.n_segments, err);
    if (status != PIL_OK)
        return status;
    pil_buffer strings;
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
    for (size_t i = 0; i < selection.n_segments && status == PIL_OK; i++)
        status = filter_segment(filtering, snapshot->directory, &snapshot->segments[i], &strings,
                                &selection.segments[i], err);
    pil_buffer_dispose(&strings);
    if (status == PIL_OK)
        *out = selection;
    else
        pil_selection_dispose(&selection);
    return status;
}
