#include "like_command.h"

#include "like_search.h"
#include "search/lookup.h"
#include "show.h"
#include "tell.h"
#include "typed_place.h"

#include <stdlib.h>
#include <string.h>

/* By an id: where the paragraph is. The caller frees place->path, *path. */
static pil_status find_by_id(pil_session *session, uint64_t id, char **path,
                             pil_paragraph_place *place, uint32_t *number, pil_error *err)
{
    pil_hits *hits = NULL;
    pil_status status = pil_lookup(&session->snapshot, &id, 1, 0, false, &hits, err);
    if (status != PIL_OK)
        return status;
    if (hits->n_items == 0) {
        status = pil_error_set(err, PIL_NOT_FOUND, "no paragraph has this id");
    } else {
        *path = strdup(hits->items[0].article);
        *place = (pil_paragraph_place){.path = *path, .line = hits->items[0].line};
        *number = hits->items[0].paragraph;
        if (*path == NULL)
            status = pil_error_no_memory(err);
    }
    pil_hits_free(hits);
    return status;
}

static pil_status find_words(pil_session *session, pil_likeness *likeness, pil_error *err)
{
    const char *asked = session->options->like;
    char *path = NULL;
    pil_paragraph_place place = {0};
    uint32_t number = 0;
    uint64_t id;
    pil_status status = PIL_OK;
    *likeness = (pil_likeness){0};
    if (pil_lookup_read_id(asked, strlen(asked), &id)) {
        status = find_by_id(session, id, &path, &place, &number, err);
    } else {
        path = pil_typed_place(asked, session->cwd, &place);
        if (path == NULL)
            status = pil_error_no_memory(err);
    }
    if (status == PIL_OK)
        status = pil_like(&session->snapshot, session->analyser, &place, number, likeness, err);
    free(path);
    return status;
}

/* What each hit lacks of so many words would say nothing. */
static pil_exit_code show(pil_session *session, pil_hits *hits)
{
    pil_error err = {0};
    hits->n_words = 0;
    pil_status status = pil_show(session, hits, &err);
    if (status == PIL_OK || status == PIL_DONE)
        return hits->n_items > 0 || hits->n_matches > 0 ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
    pil_tell("%s", err.message);
    return PIL_EXIT_SYSTEM;
}

static pil_exit_code search(pil_session *session, const pil_likeness *likeness)
{
    pil_error err = {0};
    pil_hits *hits = NULL;
    pil_status status = pil_like_search(session, likeness, &hits, &err);
    if (status != PIL_OK)
        return pil_session_fail(session, status, &err);
    pil_exit_code code = show(session, hits);
    pil_hits_free(hits);
    return code;
}

static pil_exit_code find_like(pil_session *session)
{
    pil_error err = {0};
    pil_likeness likeness;
    pil_exit_code code;
    pil_status status = find_words(session, &likeness, &err);
    if (status == PIL_NOT_FOUND) {
        pil_tell("--like: %s: %s", session->options->like, err.message);
        code = PIL_EXIT_NO_HITS;
    } else if (status != PIL_OK) {
        code = pil_session_fail(session, status, &err);
    } else if (*likeness.words == '\0') {
        pil_tell("--like: %s: no other paragraph has any of its words", session->options->like);
        code = PIL_EXIT_NO_HITS;
    } else {
        pil_tell("looking for: %s", likeness.words);
        code = search(session, &likeness);
    }
    pil_arena_dispose(&likeness.arena);
    return code;
}

pil_exit_code pil_like_command(pil_session *session)
{
    pil_exit_code code = pil_session_open_index(session);
    return code == PIL_EXIT_DONE ? find_like(session) : code;
}
