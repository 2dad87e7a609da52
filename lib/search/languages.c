#include "languages.h"

#include "index/schema.h"

#include <stdbool.h>
#include <string.h>

typedef struct language_walk {
    pil_arena *arena;
    pil_languages *found;
    bool is_out_of_memory;
} language_walk;

static bool note_language(void *context, const xc_term *term)
{
    language_walk *walk = context;
    size_t prefix = strlen(PIL_PREFIX_LANGUAGE);
    char *code = pil_arena_copy(walk->arena, term->bytes + prefix, term->length - prefix);
    walk->is_out_of_memory = code == NULL;
    if (code != NULL)
        walk->found->codes[walk->found->n++] = code;
    return code != NULL && walk->found->n < PIL_LANGUAGES_MAX;
}

pil_status pil_languages_find(const pil_snapshot *snapshot, pil_arena *arena, pil_languages *out,
                              pil_error *err)
{
    language_walk walk = {.arena = arena, .found = out};
    xc_error failure;
    out->n = 0;
    if (xc_database_each_term(snapshot->combined, PIL_PREFIX_LANGUAGE, strlen(PIL_PREFIX_LANGUAGE),
                              false, note_language, &walk, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    if (walk.is_out_of_memory)
        return pil_error_no_memory(err);
    /* A paragraph whose language is not known has a term that says so. */
    if (out->n == 0)
        return pil_error_set(err, PIL_CORRUPT, "it has lost the languages of its paragraphs");
    return PIL_OK;
}
