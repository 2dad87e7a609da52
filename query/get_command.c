#include "get_command.h"

#include "search/lookup.h"
#include "show.h"
#include "tell.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The ids, for the caller to free; NULL with a message. */
static uint64_t *read_ids(const pil_query_options *options, size_t *n)
{
    uint64_t *ids = calloc(options->query_bytes / 2 + 1, sizeof *ids);
    *n = 0;
    const char *at = options->query;
    while (ids != NULL && *(at += strspn(at, " \t\n")) != '\0') {
        size_t length = strcspn(at, " \t\n");
        if (!pil_lookup_read_id(at, length, &ids[(*n)++])) {
            pil_tell("--get: %.*s is no id of a paragraph, which has 16 hexadecimal digits",
                     (int)(length < 40 ? length : 40), at);
            free(ids);
            return NULL;
        }
        at += length;
    }
    return ids;
}

static void tell_not_found(const pil_hits *hits, const uint64_t *ids, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char id[17];
        bool is_found = false;
        snprintf(id, sizeof id, "%016" PRIx64, ids[i]);
        for (size_t j = 0; j < hits->n_items && !is_found; j++)
            is_found = strcmp(hits->items[j].id, id) == 0;
        if (!is_found)
            pil_tell("no paragraph has the id %s", id);
    }
}

static pil_exit_code get_and_show(pil_session *session, const uint64_t *ids, size_t n)
{
    pil_error err = {0};
    pil_hits *hits = NULL;
    pil_exit_code code = pil_session_open_index(session);
    if (code != PIL_EXIT_DONE)
        return code;
    pil_status status = pil_lookup(&session->snapshot, ids, n, (uint32_t)session->options->context,
                                   session->options->section, &hits, &err);
    if (status != PIL_OK)
        return pil_session_fail(session, status, &err);
    tell_not_found(hits, ids, n);
    code = hits->n_items > 0 ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
    status = pil_show(session, hits, &err);
    if (status != PIL_OK && status != PIL_DONE) {
        pil_tell("%s", err.message);
        code = PIL_EXIT_SYSTEM;
    }
    pil_hits_free(hits);
    return code;
}

pil_exit_code pil_get_command(pil_session *session)
{
    size_t n;
    uint64_t *ids = read_ids(session->options, &n);
    if (ids == NULL)
        return PIL_EXIT_USAGE;
    pil_exit_code code = get_and_show(session, ids, n);
    free(ids);
    return code;
}
