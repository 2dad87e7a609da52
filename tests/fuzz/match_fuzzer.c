/* A query, a line end, and a text: no crash, both ways to match agree, the ranges are as the header
 * promises, and each clause is found in itself. The first byte chooses the language. */
#include "search/match.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check(const pil_query *query, const pil_match *match, size_t length)
{
    size_t end = 0;
    for (size_t i = 0; i < match->n_ranges; i++) {
        const pil_match_range *range = &match->ranges[i];
        require(end <= range->begin && range->begin < range->end && range->end <= length);
        require(range->word < query->n_clauses);
        require(query->clauses[range->word].occur != PIL_OCCUR_MUST_NOT);
        end = range->end;
    }
    size_t n_wanted = 0;
    for (size_t i = 0; i < query->n_clauses; i++)
        n_wanted += query->clauses[i].occur != PIL_OCCUR_MUST_NOT;
    require(match->n_missing <= n_wanted);
    require((match->n_missing < n_wanted) == (match->n_ranges > 0));
    require(!match->is_accepted || match->n_ranges > 0);
    for (size_t i = 0; i < match->n_missing; i++)
        require(!match->is_accepted || query->clauses[match->missing[i]].occur == PIL_OCCUR_SHOULD);
}

static void match_text(pil_matcher *matcher, const pil_query *query, const char *language,
                       const char *text, size_t length)
{
    pil_match match;
    bool is_accepted;
    if (pil_matcher_accepts(matcher, language, text, length, &is_accepted, NULL) != PIL_OK ||
        pil_matcher_run(matcher, language, text, length, &match, NULL) != PIL_OK)
        abort();
    require(is_accepted == match.is_accepted);
    check(query, &match, length);
}

static void find_in_itself(pil_matcher *matcher, const pil_query *query, const char *language)
{
    for (uint32_t i = 0; i < query->n_clauses; i++) {
        const pil_clause *clause = &query->clauses[i];
        const pil_reading *readings;
        size_t n_readings;
        pil_match match;
        if (pil_matcher_readings(matcher, language, i, &readings, &n_readings, NULL) != PIL_OK ||
            pil_matcher_run(matcher, language, clause->text, clause->text_bytes, &match, NULL) !=
                PIL_OK)
            abort();
        for (size_t j = 0; j < match.n_missing; j++)
            require(n_readings == 0 || match.missing[j] != i);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"en", "", "fr", "sr", "zz"};
    if (size < 2)
        return 0;
    const char *language = languages[data[0] % (sizeof languages / sizeof *languages)];
    const char *text = (const char *)data + 1;
    size_t length = size - 1;
    const char *line_end = memchr(text, '\n', length);
    size_t query_length = line_end == NULL ? length : (size_t)(line_end - text);

    pil_analyser *analyser = NULL;
    pil_query *query = NULL;
    pil_matcher *matcher = NULL;
    if (pil_analyser_new(&analyser, NULL) != PIL_OK)
        abort();
    if (pil_query_parse(text, query_length, NULL, analyser, &query, NULL, NULL) == PIL_OK) {
        if (pil_matcher_new(query, analyser, &matcher, NULL) != PIL_OK)
            abort();
        match_text(matcher, query, language, text + query_length, length - query_length);
        const pil_alternative alternative = {.text = text, .text_bytes = query_length, .weight = 1};
        if (pil_matcher_add_alternative(matcher, 0, &alternative, NULL) != PIL_OK)
            abort();
        match_text(matcher, query, language, text, length);
        find_in_itself(matcher, query, language);
    }
    pil_matcher_free(matcher);
    pil_query_free(query);
    pil_analyser_free(analyser);
    return 0;
}
