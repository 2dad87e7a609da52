#include "search_notes.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "search/suggest.h"
#include "tell.h"

#include <string.h>

enum { MESSAGE_MAX_BYTES = 1 << 17, SHOWN_WORD_BYTES = 200 };

/* Appends a word, shortened when nobody would read it to the end. */
static pil_status append_word(pil_buffer *out, const char *word)
{
    size_t length = strlen(word), shown = length;
    if (length > SHOWN_WORD_BYTES)
        shown = pil_utf8_boundary(word, length, SHOWN_WORD_BYTES);
    pil_status status = pil_buffer_append(out, word, shown);
    return status == PIL_OK && shown < length ? pil_buffer_append_string(out, "…") : status;
}

/* Appends the words of numbers[0..n) as a list: "Kosovo, dialogue". */
static void append_words(pil_buffer *out, const pil_hits *hits, const uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        /* A message that got too long for memory is shown as far as it goes. */
        if (pil_buffer_append_string(out, i > 0 ? ", " : "") != PIL_OK ||
            append_word(out, hits->words[numbers[i]]) != PIL_OK)
            return;
    }
}

static void tell_unknown(const pil_hits *hits)
{
    pil_buffer words;
    pil_buffer_init(&words, MESSAGE_MAX_BYTES);
    append_words(&words, hits, hits->unknown, hits->n_unknown);
    pil_tell("in no paragraph at all: %s", words.bytes);
    pil_buffer_dispose(&words);
}

/* Each costs a walk through the lexicon. */
enum { MAX_SUGGESTIONS = 3 };

static void suggest(pil_session *session, const pil_query *query, const pil_hits *hits)
{
    for (size_t i = 0; i < hits->n_unknown && i < MAX_SUGGESTIONS; i++) {
        const pil_clause *clause = &query->clauses[hits->unknown[i]];
        pil_buffer word;
        pil_error err = {0};
        pil_buffer_init(&word, MESSAGE_MAX_BYTES);
        if (pil_suggest(&session->snapshot, clause, session->analyser, &word, &err) != PIL_OK)
            pil_tell("%s", err.message);
        else if (word.length > 0)
            pil_tell("did you mean %s instead of %s?", word.bytes, clause->text);
        pil_buffer_dispose(&word);
    }
}

static void tell_missing(const pil_query *query, const pil_hits *hits)
{
    pil_buffer words;
    pil_buffer_init(&words, MESSAGE_MAX_BYTES);
    uint32_t wanted[PIL_QUERY_MAX_WORDS] = {0};
    size_t n = 0;
    for (size_t i = 0; i < query->n_clauses && n < PIL_QUERY_MAX_WORDS; i++) {
        if (query->clauses[i].occur != PIL_OCCUR_MUST_NOT)
            wanted[n++] = (uint32_t)i;
    }
    append_words(&words, hits, wanted, n);
    if (n > 1)
        pil_tell("no paragraph has all of: %s", words.bytes);
    pil_buffer_dispose(&words);
    if (hits->n_unknown > 0)
        tell_unknown(hits);
}

void pil_search_notes_no_hits(const pil_session *session, const pil_query *query)
{
    const pil_query_options *options = session->options;
    if (query->n_filters > 0)
        pil_tell_of(session->place, "no hits where the fields say; there may be some elsewhere");
    else if (options->offset > 0)
        pil_tell_of(session->place, "no hits from number %llu on",
                    (unsigned long long)options->offset + 1);
    else
        pil_tell_of(session->place, "no hits");
}

static void tell_limits(const pil_hits *hits)
{
    pil_buffer words;
    pil_buffer_init(&words, MESSAGE_MAX_BYTES);
    append_words(&words, hits, hits->cut, hits->n_cut);
    if (hits->n_cut > 0)
        pil_tell("too many words are meant by %s: only the nearest and most frequent are looked up",
                 words.bytes);
    if (hits->is_limited)
        pil_tell("a regular expression took too long on some paragraphs, which were passed over: "
                 "make it simpler");
    pil_buffer_dispose(&words);
}

void pil_search_notes_late(const pil_session *session, const pil_hits *hits)
{
    if (hits->is_late)
        pil_tell_of(session->place,
                    "the search was broken off after %llu s: there may be more, and better; see "
                    "--timeout",
                    (unsigned long long)session->options->timeout);
}

void pil_search_notes_of_query(const pil_query *query)
{
    for (size_t i = 0; i < query->n_notes; i++)
        pil_tell("%s", query->notes[i]);
}

void pil_search_notes_of_hits(pil_session *session, const pil_query *query, const pil_hits *hits)
{
    if (!hits->some_have_all && !hits->is_late) {
        tell_missing(query, hits);
        suggest(session, query, hits);
    }
    tell_limits(hits);
}
