#include "why_command.h"

#include "answer.h"
#include "output.h"
#include "place.h"
#include "read_query.h"
#include "search_notes.h"
#include "tell.h"
#include "typed_place.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One question. */
typedef struct why {
    pil_session *session;
    const pil_query *query;
    pil_paragraph_place place;
    char *path; /* place.path, when it is ours */
    pil_output output;
} why;

/* ---- which paragraph ---- */

static bool find_place(why *self)
{
    self->path = pil_typed_place(self->session->options->why_not, self->session->cwd, &self->place);
    return self->path != NULL;
}

/* ---- what is said ---- */

static void put_words(why *self, const char *before, const pil_hits *hits, const uint32_t *numbers,
                      size_t n)
{
    pil_output_string(&self->output, before);
    for (size_t i = 0; i < n; i++) {
        const char *word = hits->words[numbers[i]];
        pil_output_string(&self->output, i > 0 ? ", " : "");
        pil_output_escaped(&self->output, word, strlen(word));
    }
    pil_output_string(&self->output, "\n");
}

static void put_excluded(why *self)
{
    bool is_first = true;
    pil_output_string(&self->output, "    has what must not occur: ");
    for (size_t i = 0; i < self->query->n_clauses; i++) {
        const pil_clause *clause = &self->query->clauses[i];
        if (clause->occur != PIL_OCCUR_MUST_NOT)
            continue;
        pil_output_string(&self->output, is_first ? "" : " or ");
        pil_output_escaped(&self->output, clause->text, clause->text_bytes);
        is_first = false;
    }
    pil_output_string(&self->output, "\n");
}

static const char *name_of(const pil_filter *filter)
{
    static const char *const names[PIL_FILTER_N_FIELDS] = {
        "title", "author", "source", "heading", "path", "lang", "date", "after", "before"};
    return names[filter->field];
}

static void put_filters(why *self, const pil_judgement *judgement)
{
    for (size_t i = 0; i < judgement->n_filters; i++) {
        const pil_filter *filter = &self->query->filters[judgement->filters[i]];
        pil_output_format(&self->output, "    %s: %s%s:",
                          filter->excludes ? "is left out by the field" : "does not pass the field",
                          filter->excludes ? "-" : "", name_of(filter));
        pil_output_escaped(&self->output, filter->value, filter->value_bytes);
        pil_output_string(&self->output, "\n");
    }
}

static pil_status put_path(why *self, const pil_hit *hit)
{
    const pil_format_settings settings = {.cwd = self->session->cwd};
    pil_status status = pil_place_put(&self->output, &settings, hit, NULL);
    pil_output_format(&self->output, "  \xC2\xB6%u", (unsigned)hit->paragraph);
    return status;
}

static void put_reasons(why *self, const pil_hits *hits)
{
    const pil_judgement *judgement = hits->judgement;
    if (judgement->lacks_all)
        pil_output_string(&self->output, "    has none of what is looked for\n");
    else if (judgement->n_required > 0)
        put_words(self, "    lacks what must occur: ", hits, judgement->required,
                  judgement->n_required);
    if (judgement->has_excluded)
        put_excluded(self);
    put_filters(self, judgement);
    if (judgement->paragraph->n_missing > judgement->n_required && !judgement->lacks_all)
        put_words(self, "    lacks: ", hits, judgement->paragraph->missing,
                  judgement->paragraph->n_missing);
}

/* ---- one that is a hit ---- */

static bool is_copy(const pil_hit *hit, const pil_hit *wanted)
{
    for (size_t i = 0; i < hit->n_copies; i++)
        if (hit->copies[i].paragraph == wanted->paragraph && hit->copies[i].line == wanted->line &&
            strcmp(hit->copies[i].path, wanted->path) == 0 &&
            strcmp(hit->copies[i].member, wanted->member) == 0)
            return true;
    return false;
}

/* The hit that is the paragraph, or that it stands behind: *how says which. */
static const pil_hit *find_hit(const pil_hits *hits, const pil_hit *wanted, bool is_grouped,
                               const char **how)
{
    const pil_hit *same_article = NULL;
    for (size_t i = 0; i < hits->n_items; i++) {
        const pil_hit *hit = &hits->items[i];
        if (strcmp(hit->id, wanted->id) == 0) {
            *how = NULL;
            return hit;
        }
        if (is_copy(hit, wanted)) {
            *how = "is nearly the same as hit %u, which is shown for it (--dups shows all): ";
            return hit;
        }
        if (same_article == NULL && is_grouped && strcmp(hit->article, wanted->article) == 0)
            same_article = hit;
    }
    *how = "is of the same article as hit %u, which is shown for it: ";
    return same_article;
}

static pil_status put_rank(why *self, const pil_hits *hits, const pil_hit *wanted)
{
    const pil_query_options *options = self->session->options;
    const char *how;
    const pil_hit *hit = find_hit(hits, wanted, options->grouping == PIL_QUERY_BY_ARTICLE, &how);
    uint64_t last = options->offset + options->limit;
    pil_output_string(&self->output, "    ");
    if (hit == NULL) {
        pil_output_format(&self->output, "is a hit, but not one of the first %u\n",
                          (unsigned)PIL_QUERY_LIMIT_MAX);
        return PIL_OK;
    }
    if (how != NULL) {
        const char *number = strstr(how, "%u");
        pil_output_bytes(&self->output, how, (size_t)(number - how));
        pil_output_format(&self->output, "%u", (unsigned)hit->rank);
        pil_output_string(&self->output, number + 2);
        pil_status status = put_path(self, hit);
        pil_output_string(&self->output, "\n");
        return status;
    }
    pil_output_format(&self->output, "is hit %u", (unsigned)hit->rank);
    if (hit->rank <= options->offset)
        pil_output_format(&self->output, ", before those that --offset=%" PRIu64 " shows\n",
                          options->offset);
    else if (hit->rank > last)
        pil_output_format(&self->output,
                          ", behind the %" PRIu64 " that are shown: -n %" PRIu64 " shows it\n",
                          options->limit, hit->rank - options->offset);
    else
        pil_output_string(&self->output, ", and shown\n");
    return PIL_OK;
}

/* Whether the hit is of the file, or of the one in an archive, that was asked about. */
static bool is_asked_about(const why *self, const pil_hit *hit)
{
    size_t length = strlen(self->place.path);
    return strncmp(hit->article, self->place.path, length) == 0 &&
           (hit->article[length] == '\0' || hit->article[length] == '#') &&
           (self->place.page == 0 || hit->page == self->place.page);
}

/* The best hit of what was asked about. */
static const pil_hit *find_best(const why *self, const pil_hits *hits, const pil_hit *judged)
{
    for (size_t i = 0; i < hits->n_items; i++)
        if (is_asked_about(self, &hits->items[i]))
            return &hits->items[i];
    return judged;
}

static pil_status put_match(why *self, const pil_hit *judged, pil_error *err)
{
    pil_search_options options = pil_search_options_of(self->session);
    pil_hits *hits = NULL;
    options.offset = 0;
    options.limit = PIL_QUERY_LIMIT_MAX;
    options.context = 0;
    pil_status status = pil_search(&self->session->snapshot, self->query, self->session->analyser,
                                   &options, &hits, err);
    if (status != PIL_OK)
        return status;
    const pil_hit *wanted = self->place.line == 0 ? find_best(self, hits, judged) : judged;
    status = put_path(self, wanted);
    pil_output_string(&self->output, "\n");
    if (status == PIL_OK)
        status = put_rank(self, hits, wanted);
    if (status == PIL_OK && wanted->n_missing > 0)
        put_words(self, "    lacks: ", hits, wanted->missing, wanted->n_missing);
    pil_hits_free(hits);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

/* ---- the whole ---- */

static void put_unknown(why *self, const pil_judgement *judgement)
{
    const char *asked = self->session->options->why_not;
    pil_output_escaped(&self->output, asked, strlen(asked));
    if (judgement == NULL || !judgement->is_known)
        pil_output_string(&self->output,
                          "\n    is not in the index: pilcrow-index PATH puts it in\n");
    else if (*judgement->skipped != '\0')
        pil_output_string(&self->output, "\n");
    else if (self->place.page > 0)
        pil_output_string(&self->output, "\n    has no paragraph that begins on this page\n");
    else if (self->place.line > 0)
        pil_output_string(&self->output, "\n    has no paragraph at this line or before\n");
    else
        pil_output_string(&self->output, "\n    has no paragraphs\n");
}

static void put_skipped(why *self, const pil_judgement *judgement)
{
    if (judgement == NULL || *judgement->skipped == '\0')
        return;
    pil_output_string(&self->output, "    was skipped the last time: ");
    pil_output_escaped(&self->output, judgement->skipped, strlen(judgement->skipped));
    pil_output_string(&self->output, "\n");
}

static pil_status put_answer(why *self, const pil_hits *hits, pil_error *err)
{
    const pil_judgement *judgement = hits->judgement;
    const pil_hit *paragraph = judgement == NULL ? NULL : judgement->paragraph;
    pil_status status = PIL_OK;
    if (paragraph == NULL) {
        put_unknown(self, judgement);
        put_skipped(self, judgement);
        return PIL_OK;
    }
    if (judgement->is_match) {
        status = put_match(self, paragraph, err);
    } else {
        if (put_path(self, paragraph) != PIL_OK)
            return pil_error_no_memory(err);
        pil_output_string(&self->output, "\n");
        put_reasons(self, hits);
    }
    put_skipped(self, judgement);
    return status;
}

static pil_exit_code answer(why *self)
{
    pil_error err = {0};
    pil_hits *hits = NULL;
    pil_search_options options = pil_search_options_of(self->session);
    options.judged = &self->place;
    options.limit = 1;
    if (!find_place(self)) {
        pil_error_no_memory(&err);
        return pil_session_fail(self->session, PIL_NO_MEMORY, &err);
    }
    pil_status status = pil_search(&self->session->snapshot, self->query, self->session->analyser,
                                   &options, &hits, &err);
    if (status == PIL_OK)
        status = put_answer(self, hits, &err);
    bool is_there =
        status == PIL_OK && hits->judgement != NULL && hits->judgement->paragraph != NULL;
    pil_hits_free(hits);
    if (status != PIL_OK)
        return pil_session_fail(self->session, status, &err);
    status = pil_output_finish(&self->output, &err);
    if (status != PIL_OK && status != PIL_DONE) {
        pil_tell("%s", err.message);
        return PIL_EXIT_SYSTEM;
    }
    return is_there ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
}

pil_exit_code pil_why_command(pil_session *session)
{
    pil_exit_code code;
    pil_query *query = pil_read_query_or_tell(session, &code);
    if (query == NULL)
        return code;
    pil_search_notes_of_query(query);
    why self = {.session = session, .query = query};
    pil_output_init(&self.output, stdout);
    code = pil_session_open_index(session);
    if (code == PIL_EXIT_DONE)
        code = answer(&self);
    free(self.path);
    pil_output_dispose(&self.output);
    pil_query_free(query);
    return code;
}
