#include "file_filters.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "cli/command_words.h"

#include <stdlib.h>
#include <string.h>

/* ---- the words of a command ---- */

static pil_status split(pil_file_filters *filters, pil_file_filter *filter, pil_error *err)
{
    pil_error inner = {0};
    char **words;
    size_t n_words;
    pil_status status =
        pil_command_words_split(filter->command, &filters->arena, &words, &n_words, &inner);
    if (status == PIL_OK)
        filter->words = (const char *const *)words;
    else
        pil_error_set(err, status, "the filter for .%.20s: %s", filter->ending, inner.message);
    return status;
}

/* Whether %f comes in the words; *is_odd when a percent sign stands for nothing. */
static bool has_path(const char *const *words, bool *is_odd)
{
    bool found = false;
    for (; *words != NULL; words++) {
        for (const char *at = strchr(*words, '%'); at != NULL; at = strchr(at + 2, '%')) {
            found |= at[1] == 'f';
            if (at[1] != 'f' && at[1] != '%') {
                *is_odd = true;
                return found;
            }
        }
    }
    return found;
}

static pil_status check_words(const pil_file_filter *filter, pil_error *err)
{
    const char *program = filter->words[0];
    bool is_odd = false;
    bool found = program != NULL && has_path(filter->words, &is_odd);
    if (is_odd)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "the filter for .%.20s: %%f is the path of the file, and %%%% a "
                             "percent sign; no other %% is known",
                             filter->ending);
    if (!found)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "the filter for .%.20s: write %%f where the path of the file belongs",
                             filter->ending);
    if (program[0] != '/' && (program[0] == '\0' || strpbrk(program, "/%") != NULL))
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "the filter for .%.20s: its program is a name that PATH has, or a "
                             "path that begins with /",
                             filter->ending);
    return PIL_OK;
}

/* ---- a filter ---- */

/* text[0..length) is all that stands before the colon. False when it is no ending, or no format. */
static bool read_head(pil_file_filters *filters, pil_file_filter *filter, const char *text,
                      size_t length)
{
    char *head = pil_arena_copy(&filters->arena, text, length);
    if (head == NULL)
        return false;
    char *equals = strchr(head, '=');
    filter->format = PIL_FORMAT_TEXT;
    if (equals != NULL) {
        *equals = '\0';
        filter->format = pil_format_named(equals + 1);
    }
    filter->ending = head;
    return head[0] != '\0' && head[0] != '.' && strpbrk(head, "/ \t%'\"") == NULL &&
           filter->format != PIL_FORMAT_NONE;
}

static pil_status add(pil_file_filters *filters, const pil_file_filter *filter)
{
    if (filters->n_items == filters->capacity) {
        size_t capacity = filters->capacity == 0 ? 8 : filters->capacity * 2;
        pil_file_filter *grown = realloc(filters->items, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        filters->items = grown;
        filters->capacity = capacity;
    }
    filters->items[filters->n_items++] = *filter;
    return PIL_OK;
}

pil_status pil_file_filters_add(pil_file_filters *filters, const char *written, bool is_trusted,
                                pil_error *err)
{
    pil_file_filter filter = {.is_trusted = is_trusted};
    const char *colon = strchr(written, ':');
    if (!pil_utf8_is_valid(written, strlen(written)))
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "a filter is written in UTF-8");
    if (colon == NULL || !read_head(filters, &filter, written, (size_t)(colon - written)))
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "a filter is written EXT:COMMAND or EXT=FORMAT:COMMAND, as 'doc:"
                             "antiword %%f'; pilcrow-index formats lists the formats");
    filter.command = pil_arena_copy(&filters->arena, colon + 1, strlen(colon + 1));
    pil_status status =
        filter.command == NULL ? pil_error_no_memory(err) : split(filters, &filter, err);
    if (filter.words != NULL)
        status = check_words(&filter, err);
    if (status == PIL_OK && add(filters, &filter) != PIL_OK)
        status = pil_error_no_memory(err);
    return status;
}

void pil_file_filters_dispose(pil_file_filters *filters)
{
    free(filters->items);
    pil_arena_dispose(&filters->arena);
    *filters = (pil_file_filters){0};
}

const pil_file_filter *pil_file_filters_find(const pil_file_filters *filters, const char *name)
{
    for (size_t i = 0; filters != NULL && i < filters->n_items; i++) {
        if (pil_format_name_ends(name, filters->items[i].ending))
            return &filters->items[i];
    }
    return NULL;
}

uint64_t pil_file_filter_hash(const pil_file_filter *filter)
{
    uint64_t command = pil_hash64(filter->command, strlen(filter->command));
    return command * 31 + (uint64_t)filter->format;
}
