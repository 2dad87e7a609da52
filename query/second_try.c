#include "second_try.h"

#include "answer.h"
#include "search/suggest.h"
#include "tell.h"

#include <string.h>

enum {
    MAX_FIXES = 3,  /* each costs a walk through the lexicon */
    MAX_BLAMED = 8, /* each costs a search */
    WORD_MAX_BYTES = 1 << 12,
    MESSAGE_MAX_BYTES = 1 << 17
};

/* ---- nearer words ---- */

static bool is_inside_word(char byte)
{
    return (unsigned char)byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* Where word stands in text as a word, from `from` on; NULL when nowhere. */
static const char *find_word(const char *text, const char *from, const char *word)
{
    size_t length = strlen(word);
    const char *at = from;
    while ((at = strstr(at, word)) != NULL) {
        if ((at == text || !is_inside_word(at[-1])) && !is_inside_word(at[length]))
            return at;
        at++;
    }
    return NULL;
}

/* Puts better in place of word, wherever it stands in *text. */
static pil_status replace(pil_buffer *text, const char *word, const char *better)
{
    pil_buffer changed;
    pil_buffer_init(&changed, text->max_length);
    pil_status status = PIL_OK;
    const char *at = text->bytes, *found;
    while (status == PIL_OK && (found = find_word(text->bytes, at, word)) != NULL) {
        status = pil_buffer_append(&changed, at, (size_t)(found - at));
        if (status == PIL_OK)
            status = pil_buffer_append_string(&changed, better);
        at = found + strlen(word);
    }
    if (status == PIL_OK)
        status = pil_buffer_append_string(&changed, at);
    pil_buffer_dispose(text);
    *text = changed;
    return status;
}

pil_status pil_second_try_fix(pil_session *session, const pil_query *query, const pil_hits *hits,
                              pil_buffer *text, bool *is_changed, pil_error *err)
{
    *is_changed = false;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < hits->n_unknown && i < MAX_FIXES && status == PIL_OK; i++) {
        const pil_clause *clause = &query->clauses[hits->unknown[i]];
        pil_buffer better;
        pil_buffer_init(&better, WORD_MAX_BYTES);
        status = pil_suggest(&session->snapshot, clause, session->analyser, &better, err);
        if (status == PIL_OK && better.length > 0 &&
            find_word(text->bytes, text->bytes, clause->text) != NULL) {
            *is_changed = true;
            status = replace(text, clause->text, better.bytes);
            if (status == PIL_OK)
                pil_tell_of(session->place, "searched for %s instead of %s", better.bytes,
                            clause->text);
            else
                status = pil_error_no_memory(err);
        }
        pil_buffer_dispose(&better);
    }
    return status;
}

/* ---- fewer words ---- */

/* Whether there are hits when the clause of node need not occur. */
static pil_status finds_without(pil_session *session, pil_query *query, pil_node *node, bool *finds,
                                pil_error *err)
{
    pil_search_options wanted = pil_search_options_of(session);
    pil_hits *hits = NULL;
    wanted = (pil_search_options){.limit = 1,
                                  .no_variants = wanted.no_variants,
                                  .ranking_without = PIL_RANKING_ALL_PARTS,
                                  .synonyms = wanted.synonyms,
                                  .language = wanted.language};
    query->clauses[node->clause].occur = node->occur = PIL_OCCUR_SHOULD;
    pil_status status =
        pil_search(&session->snapshot, query, session->analyser, &wanted, &hits, err);
    query->clauses[node->clause].occur = node->occur = PIL_OCCUR_MUST;
    *finds = status == PIL_OK && hits->n_items > 0;
    pil_hits_free(hits);
    return status;
}

static bool is_required_word(const pil_node *node)
{
    return node->occur == PIL_OCCUR_MUST && !node->is_group;
}

pil_status pil_second_try_blame(pil_session *session, pil_query *query, pil_error *err)
{
    size_t n_required = 0, n_tried = 0, n_blamed = 0;
    pil_status status = PIL_OK;
    pil_buffer words;
    pil_buffer_init(&words, MESSAGE_MAX_BYTES);
    for (pil_node *node = query->root->parts; node != NULL; node = node->next)
        n_required += is_required_word(node);
    for (pil_node *node = query->root->parts; node != NULL && n_required > 1 && status == PIL_OK;
         node = node->next) {
        bool finds = false;
        if (!is_required_word(node) || n_tried++ >= MAX_BLAMED)
            continue;
        status = finds_without(session, query, node, &finds, err);
        /* A message that got too long for memory is shown as far as it goes. */
        if (finds &&
            (pil_buffer_append_string(&words, n_blamed++ > 0 ? ", or without " : "") != PIL_OK ||
             pil_buffer_append_string(&words, query->clauses[node->clause].text) != PIL_OK))
            break;
    }
    if (status == PIL_OK && n_blamed > 0)
        pil_tell_of(session->place, "there are hits without %s", words.bytes);
    pil_buffer_dispose(&words);
    return status;
}
