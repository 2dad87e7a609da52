/* Where each language is, against the languages of the records. */
#include "language_areas.h"
#include "support/random_articles.h"
#include "support/search_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { N_INDEXES = 40, MAX_ARTICLES = 12, MAX_PARAGRAPHS = 6 };

static const char *const codes[] = {"en", "de", "fr", ""};

static void add_article(pil_searched_index *index, pil_random *random, unsigned number,
                        uint32_t n_languages)
{
    const char *languages[MAX_PARAGRAPHS];
    char path[16], text[MAX_PARAGRAPHS * 8] = "";
    uint32_t n = 1 + pil_random_below(random, MAX_PARAGRAPHS);
    for (uint32_t i = 0; i < n; i++) {
        languages[i] = codes[pil_random_below(random, n_languages)];
        snprintf(text + strlen(text), sizeof text - strlen(text), "w%u\n\n", (unsigned)i);
    }
    snprintf(path, sizeof path, "f%u", number);
    const pil_index_fixture_article article = {.text = text, .languages = languages};
    pil_index_fixture_add_article(index->writer, path, &article);
}

/* Whether document docid of a segment is among those that the query finds, by its combined id. */
static bool is_found(const xc_results *results, size_t n_segments, size_t segment, uint32_t docid)
{
    for (size_t i = 0; i < results->n_hits; i++)
        if (results->hits[i].docid ==
            xc_combined_docid((uint32_t)segment, docid, (uint32_t)n_segments))
            return true;
    return false;
}

static void expect_area(pil_snapshot *snapshot, const pil_languages *languages,
                        const bool *is_wanted, const xc_results *results)
{
    pil_buffer strings;
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
    size_t n_segments = snapshot->manifest.n_segments;
    for (size_t i = 0; i < n_segments; i++) {
        for (uint32_t docid = 1; docid <= snapshot->manifest.segments[i].n_paragraphs; docid++) {
            pil_record record;
            cr_assert_eq(pil_segment_record(&snapshot->segments[i], docid, &strings, &record, NULL),
                         PIL_OK);
            bool is_expected = false;
            for (size_t j = 0; j < languages->n; j++)
                is_expected |= is_wanted[j] && strcmp(languages->codes[j], record.language) == 0;
            cr_expect_eq(is_found(results, n_segments, i, docid), is_expected,
                         "segment %zu, document %u, in \"%s\"", i, (unsigned)docid,
                         record.language);
        }
    }
    pil_buffer_dispose(&strings);
}

/* Each combination of the index's languages. */
static void check_areas(pil_snapshot *snapshot)
{
    pil_languages languages;
    pil_arena arena = {0};
    cr_assert_eq(pil_languages_find(snapshot, &arena, &languages, NULL), PIL_OK);
    pil_language_areas areas = {.languages = &languages, .snapshot = snapshot};
    for (unsigned set = 0; set < 1u << languages.n; set++) {
        bool is_wanted[PIL_LANGUAGES_MAX] = {false};
        xc_query *query = NULL;
        xc_results *results = NULL;
        xc_search_options options;
        for (size_t i = 0; i < languages.n; i++)
            is_wanted[i] = (set >> i & 1) != 0;
        cr_assert_eq(pil_language_areas_query(&areas, is_wanted, &query, NULL), PIL_OK);
        xc_search_options_init(&options);
        options.max_hits = UINT32_MAX;
        cr_assert_eq(xc_search(snapshot->combined, query, &options, &results, NULL), XC_OK);
        expect_area(snapshot, &languages, is_wanted, results);
        xc_results_free(results);
        xc_query_free(query);
    }
    pil_language_areas_dispose(&areas);
    pil_arena_dispose(&arena);
}

Test(language_areas, are_where_the_records_say)
{
    pil_random random = pil_random_from(7);
    for (int i = 0; i < N_INDEXES; i++) {
        pil_searched_index index;
        pil_searched_index_open(&index);
        uint32_t n_languages = 1 + pil_random_below(&random, 4);
        uint32_t n_articles = 1 + pil_random_below(&random, MAX_ARTICLES);
        for (unsigned j = 0; j < n_articles; j++) {
            add_article(&index, &random, j, n_languages);
            if (pil_random_once_in(&random, 4))
                pil_index_fixture_commit(index.writer);
        }
        pil_searched_index_commit(&index);
        check_areas(&index.search.snapshot);
        pil_searched_index_dispose(&index);
    }
}
