/* Any bytes as a query: no crash, and what the header promises of the result. */
#include "base/utf8.h"
#include "search/query.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Whether all leaves are clauses, and how deep it goes. */
static void check_group(const pil_query *query, const pil_node *group, unsigned depth)
{
    require(group->is_group && depth <= 4 * PIL_QUERY_MAX_DEPTH);
    for (const pil_node *part = group->parts; part != NULL; part = part->next) {
        if (part->is_group)
            check_group(query, part, depth + 1);
        else
            require(part->clause < query->n_clauses && part->n_times > 0);
    }
}

static void check(const pil_query *query)
{
    bool has_positive = false;
    uint32_t n_words = 0;
    for (size_t i = 0; i < query->n_clauses; i++) {
        const pil_clause *clause = &query->clauses[i];
        has_positive |= clause->occur != PIL_OCCUR_MUST_NOT;
        require(clause->n_words > 0 &&
                (clause->text_bytes > 0 || clause->kind == PIL_CLAUSE_FILTER));
        require(clause->text[clause->text_bytes] == '\0');
        n_words += clause->n_words;
    }
    require(has_positive && n_words <= PIL_QUERY_MAX_WORDS);
    check_group(query, query->root, 0);
    pil_buffer printed;
    pil_buffer_init(&printed, SIZE_MAX / 2);
    require(pil_query_print(query, &printed, NULL) == PIL_OK);
    pil_buffer_dispose(&printed);
    for (size_t i = 0; i < query->n_notes; i++)
        require(pil_utf8_is_valid(query->notes[i], strlen(query->notes[i])));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pil_analyser *analyser = NULL;
    pil_query *query = NULL;
    pil_error err;
    if (pil_analyser_new(&analyser, &err) != PIL_OK)
        abort();
    const pil_query_settings settings = {.today = 20240229};
    pil_query_fault fault;
    pil_status status =
        pil_query_parse((const char *)data, size, &settings, analyser, &query, &fault, &err);
    if (status == PIL_OK)
        check(query);
    else
        require(status == PIL_BAD_QUERY && query == NULL && err.message[0] != '\0' &&
                fault.begin_byte <= fault.end_byte);
    free(fault.corrected);
    pil_query_free(query);
    pil_analyser_free(analyser);
    return 0;
}
