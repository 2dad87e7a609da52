#include "related_command.h"

#include "answer.h"
#include "base/utf8.h"
#include "json_value.h"
#include "output.h"
#include "read_query.h"
#include "search/related.h"
#include "search_notes.h"
#include "tell.h"

#include <stdio.h>
#include <string.h>

/* Words of fewer hits are a matter of chance, and those of more go with anything. */
enum { N_HITS = 50 };

static void put_text(pil_output *output, const pil_related *related)
{
    size_t width = 0;
    for (size_t i = 0; i < related->n_items; i++) {
        size_t columns = pil_utf8_count(related->items[i].word, strlen(related->items[i].word));
        width = columns > width ? columns : width;
    }
    for (size_t i = 0; i < related->n_items; i++) {
        const pil_related_word *word = &related->items[i];
        size_t columns = pil_utf8_count(word->word, strlen(word->word));
        pil_output_escaped(output, word->word, strlen(word->word));
        pil_output_spaces(output, width - columns);
        pil_output_format(output, "  %7.2f  in %u of the hits, %u in all\n", word->weight,
                          (unsigned)word->n_hits, (unsigned)word->n_paragraphs);
    }
}

static bool put_json(pil_output *output, const pil_related *related)
{
    bool is_done = true;
    for (size_t i = 0; i < related->n_items && is_done; i++) {
        const pil_related_word *word = &related->items[i];
        json_t *object = json_object();
        is_done = pil_json_set(object, "v", json_integer(PIL_JSON_VERSION)) &&
                  pil_json_set(object, "type", json_string("related")) &&
                  pil_json_set(object, "word", pil_json_string(word->word, strlen(word->word))) &&
                  pil_json_set(object, "weight", json_real(word->weight)) &&
                  pil_json_set(object, "hits", json_integer(word->n_hits)) &&
                  pil_json_set(object, "paragraphs", json_integer(word->n_paragraphs)) &&
                  pil_json_put_line(output, object);
        json_decref(object);
    }
    return is_done;
}

static pil_exit_code show(const pil_session *session, const pil_related *related)
{
    pil_error err = {0};
    pil_output output;
    pil_status status = PIL_OK;
    pil_output_init(&output, stdout);
    if (session->options->format != PIL_QUERY_JSON)
        put_text(&output, related);
    else if (!put_json(&output, related))
        status = pil_error_no_memory(&err);
    if (status == PIL_OK)
        status = pil_output_finish(&output, &err);
    pil_output_dispose(&output);
    if (status == PIL_OK || status == PIL_DONE)
        return related->n_items > 0 ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
    pil_tell("%s", err.message);
    return PIL_EXIT_SYSTEM;
}

static pil_exit_code search(pil_session *session, const pil_query *query)
{
    pil_error err = {0};
    pil_hits *hits = NULL;
    pil_related related = {0};
    pil_search_options options = pil_search_options_of(session);
    options.offset = 0;
    options.limit = N_HITS;
    pil_status status =
        pil_search(&session->snapshot, query, session->analyser, &options, &hits, &err);
    if (status == PIL_OK)
        status = pil_related_find(&session->snapshot, session->analyser, hits,
                                  session->options->limit, &related, &err);
    if (status == PIL_OK && hits->n_items == 0)
        pil_tell("no hits");
    else if (status == PIL_OK && related.n_items == 0)
        pil_tell("no word stands out among the hits");
    pil_exit_code code =
        status == PIL_OK ? show(session, &related) : pil_session_fail(session, status, &err);
    pil_arena_dispose(&related.arena);
    pil_hits_free(hits);
    return code;
}

pil_exit_code pil_related_command(pil_session *session)
{
    pil_exit_code code;
    pil_query *query = pil_read_query_or_tell(session, &code);
    if (query == NULL)
        return code;
    pil_search_notes_of_query(query);
    code = pil_session_open_index(session);
    if (code == PIL_EXIT_DONE)
        code = search(session, query);
    pil_query_free(query);
    return code;
}
