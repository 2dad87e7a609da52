/* Segments as they are written directly, beside databases of the same articles that libxapian has
 * written: whatever libxapian says of the one, it says of the other.
 *
 * PILCROW_EQUALITY_SEEDS=N tries N random collections more. */
#include "database_dump.h"
#include "index/schema.h"
#include "index/segment.h"
#include "lib/index/analyser_pool.h"
#include "lib/index/segment_build.h"
#include "lib/index/segment_builder.h"
#include "lib/index/stored_input.h"
#include "support/oracle.h"
#include "support/random_articles.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *directory;
static pil_analyser *analyser;
static pil_manifest manifest; /* of the index in directory, never written */

static void init(void)
{
    directory = pil_temporary_directory_new();
    manifest = (pil_manifest){0};
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
}

static void dispose(void)
{
    pil_manifest_dispose(&manifest);
    pil_analyser_free(analyser);
    pil_temporary_directory_remove(directory);
}

TestSuite(equality, .init = init, .fini = dispose, .timeout = 3000);

/* ---- what is indexed ---- */

/* Gives batch number at of a collection, or NULL behind the last: the same one each time. */
typedef pil_batch *(*batch_maker)(const void *context, size_t at);

typedef struct random_collection {
    uint64_t seed;
    size_t n_batches, n_articles; /* of each batch */
    uint32_t n_words;             /* of each article */
} random_collection;

static pil_batch *random_batch(const void *context, size_t at)
{
    const random_collection *collection = context;
    if (at == collection->n_batches)
        return NULL;
    char name[64];
    pil_random random = pil_random_from(collection->seed * 1000 + at);
    pil_batch *batch = pil_batch_new();
    cr_assert_not_null(batch);
    snprintf(name, sizeof name, "random-%" PRIu64 "-%zu", collection->seed, at);
    pil_random_articles_add(batch, &random, name, collection->n_articles, collection->n_words);
    /* What the writer does not want, and what has died. */
    for (size_t i = 0; i < batch->n_articles; i++)
        batch->articles[i].is_wanted = i == 0 || !pil_random_once_in(&random, 12);
    return batch;
}

/* The sample articles, so many times. */
static pil_batch *corpus_batch(const void *context, size_t at)
{
    const size_t *n_copies = context;
    if (at > 0)
        return NULL;
    pil_batch *batch = pil_batch_new();
    struct dirent **names = NULL;
    int n = scandir(PILCROW_ARTICLES_DIR, &names, NULL, alphasort);
    cr_assert_gt(n, 20);
    for (int i = 0; i < n; i++) {
        size_t length;
        char *text =
            names[i]->d_name[0] == '.'
                ? NULL
                : pil_temporary_directory_read(PILCROW_ARTICLES_DIR, names[i]->d_name, &length);
        for (size_t copy = 0; text != NULL && copy < *n_copies; copy++) {
            char id[300];
            snprintf(id, sizeof id, "%s-%zu", names[i]->d_name, copy);
            pil_text_article_add(batch, id, "en", text, length);
        }
        free(text);
        free(names[i]);
    }
    free(names);
    return batch;
}

typedef struct one_text {
    const char *language, *text;
} one_text;

static pil_batch *text_batch(const void *context, size_t at)
{
    const one_text *one = context;
    if (at > 0)
        return NULL;
    pil_batch *batch = pil_batch_new();
    pil_text_article_add(batch, "one", one->language, one->text, strlen(one->text));
    return batch;
}

/* ---- writing it directly ---- */

/* Makes a segment of the collection and names it in the manifest, with what was chosen for it. */
static pil_manifest_segment *build(batch_maker make, const void *collection, unsigned n_threads)
{
    pil_analyser_pool pool = {0};
    pil_segment_builder *builder = NULL;
    pil_manifest_segment segment = {.n_paragraphs = 0};
    pil_error err = {0};
    manifest.generation++;
    cr_assert_eq(pil_analyser_pool_init(&pool, n_threads, &err), PIL_OK, "%s", err.message);
    cr_assert_eq(pil_segment_builder_new(&builder, &pool, &manifest, &err), PIL_OK, "%s",
                 err.message);
    pil_batch *batch;
    for (size_t i = 0; (batch = make(collection, i)) != NULL; i++)
        cr_assert_eq(pil_segment_builder_add(builder, batch, &err), PIL_OK, "%s", err.message);
    cr_assert_eq(pil_segment_builder_finish(builder, directory, "stamp", &manifest, &segment, &err),
                 PIL_OK, "%s", err.message);
    pil_segment_builder_free(builder);
    pil_analyser_pool_dispose(&pool);
    cr_assert_eq(pil_manifest_add_segment(&manifest, &segment, &err), PIL_OK, "%s", err.message);
    return &manifest.segments[manifest.n_segments - 1];
}

/* Makes one segment of all that the manifest has; its own line is not in the manifest. */
static pil_manifest_segment merge(void)
{
    enum { MAX = 16 };
    pil_segment segments[MAX];
    pil_segment_input *inputs[MAX];
    pil_dictionaries *dictionaries;
    pil_manifest_segment merged = {.n_paragraphs = 0};
    pil_error err = {0};
    size_t n = manifest.n_segments;
    cr_assert_leq(n, (size_t)MAX);
    cr_assert_eq(pil_dictionaries_open(&dictionaries, directory, &manifest, &err), PIL_OK, "%s",
                 err.message);
    for (size_t i = 0; i < n; i++) {
        cr_assert_eq(
            pil_segment_open(&segments[i], directory, &manifest.segments[i], dictionaries, &err),
            PIL_OK, "%s", err.message);
        cr_assert_eq(pil_stored_input_open(&inputs[i], directory, &segments[i], analyser, &err),
                     PIL_OK, "%s", err.message);
    }
    cr_assert_eq(pil_segment_build(directory, inputs, n, &merged, &err), PIL_OK, "%s", err.message);
    for (size_t i = 0; i < n; i++) {
        inputs[i]->ops->close(inputs[i]);
        pil_segment_close(&segments[i]);
    }
    pil_dictionaries_close(dictionaries);
    return merged;
}

/* ---- writing it by libxapian ---- */

/* What a segment's terms and records depend on, as the manifest has it. */
typedef struct recipe {
    pil_common_words common;
    bool has_common;
    pil_compression *compression;
    pil_compressor *compressor;
} recipe;

static void open_recipe(recipe *made, const pil_manifest_segment *segment)
{
    *made = (recipe){.has_common = false};
    for (size_t i = 0; i < manifest.n_commons; i++) {
        if (manifest.commons[i].number != segment->common)
            continue;
        cr_assert_eq(pil_common_words_read(&made->common, manifest.commons[i].words, NULL), PIL_OK);
        made->has_common = true;
    }
    cr_assert_eq(made->has_common, segment->common != 0);
    cr_assert_leq(segment->n_dictionaries, 1);
    uint64_t number = segment->n_dictionaries == 0 ? 0 : segment->dictionaries[0];
    char name[64];
    size_t length = 0;
    snprintf(name, sizeof name, "%s%" PRIu64, PIL_DICTIONARY_PREFIX, number);
    char *bytes = number == 0 ? NULL : pil_temporary_directory_read(directory, name, &length);
    cr_assert(number == 0 || bytes != NULL, "%s is missing", name);
    made->compression = pil_compression_new(number, bytes, length);
    made->compressor = pil_compressor_new(made->compression);
    cr_assert_not_null(made->compressor);
    free(bytes);
}

static void close_recipe(recipe *made)
{
    pil_common_words_dispose(&made->common);
    pil_compressor_free(made->compressor);
    pil_compression_free(made->compression);
}

enum { MAX_INPUTS = 64 };

/* The inputs of the oracle: batches, each with the recipe of its segment. */
typedef struct oracle_inputs {
    pil_oracle_input items[MAX_INPUTS];
    pil_batch *batches[MAX_INPUTS];
    size_t n;
    recipe recipes[MAX_INPUTS];
    size_t n_recipes;
} oracle_inputs;

static void add_inputs(oracle_inputs *inputs, batch_maker make, const void *collection,
                       const pil_manifest_segment *segment)
{
    recipe *made = &inputs->recipes[inputs->n_recipes++];
    open_recipe(made, segment);
    pil_batch *batch;
    for (size_t i = 0; (batch = make(collection, i)) != NULL; i++) {
        cr_assert_lt(inputs->n, (size_t)MAX_INPUTS);
        inputs->batches[inputs->n] = batch;
        inputs->items[inputs->n++] =
            (pil_oracle_input){.batch = batch,
                               .common = made->has_common ? &made->common : NULL,
                               .compressor = made->compressor};
    }
}

static void dispose_inputs(oracle_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n; i++)
        pil_batch_free(inputs->batches[i]);
    for (size_t i = 0; i < inputs->n_recipes; i++)
        close_recipe(&inputs->recipes[i]);
    *inputs = (oracle_inputs){.n = 0};
}

/* ---- comparing ---- */

static char *dump(const char *path)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    cr_assert_not_null(out);
    bool is_whole = pil_database_dump(path, out);
    fclose(out);
    cr_assert(is_whole, "%s: %s", path, text + (length > 300 ? length - 300 : 0));
    return text;
}

static void expect_equal_dumps(const char *ours, const char *theirs)
{
    char *left = dump(ours), *right = dump(theirs);
    if (strcmp(left, right) != 0) {
        size_t at = 0, line = 0;
        for (; left[at] == right[at]; at++)
            line = left[at] == '\n' ? at + 1 : line;
        size_t context = at - line > 100 ? at - 100 : line;
        cr_expect(false, "in \"%.60s\", ours is\n%.300s\nand libxapian's\n%.300s", left + line,
                  left + context, right + context);
    }
    free(left);
    free(right);
}

/* In a process of its own, which may crash. */
static void expect_checked(const char *path)
{
    char *report = pil_temporary_directory_path(directory, "check");
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        if (freopen(report, "w", stdout) == NULL || dup2(1, 2) < 0)
            _exit(126);
        execlp("xapian-check", "xapian-check", path, (char *)NULL);
        _exit(127);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    char *text = pil_temporary_directory_read(directory, "check", NULL);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
                  strstr(text, "No errors found") != NULL,
              "xapian-check %s: status %d: %s", path, status, text);
    free(text);
    free(report);
}

/* ---- queries ---- */

typedef struct term_list {
    char (*items)[XC_MAX_TERM_BYTES + 1];
    size_t n, capacity;
} term_list;

static bool note_term(void *context, const xc_term *term)
{
    term_list *list = context;
    if (list->n == list->capacity) {
        list->capacity = list->capacity == 0 ? 1024 : list->capacity * 2;
        list->items = realloc(list->items, list->capacity * sizeof *list->items);
        cr_assert_not_null(list->items);
    }
    snprintf(list->items[list->n++], sizeof *list->items, "%.*s", (int)term->length, term->bytes);
    return true;
}

/* As the searcher asks: of an OR, what leads through the documents one by one, or not. */
static xc_query *random_query(pil_random *random, const term_list *all, const term_list *frequent)
{
    enum { MAX_TERMS = 8 };
    xc_query *parts[MAX_TERMS], *query = NULL;
    xc_error failure = {0};
    size_t n = 1 + pil_random_below(random, MAX_TERMS);
    for (size_t i = 0; i < n; i++) {
        const term_list *list = frequent->n > 0 && pil_random_below(random, 3) > 0 ? frequent : all;
        const char *term = list->items[pil_random_below(random, (uint32_t)list->n)];
        cr_assert_eq(xc_query_term(term, strlen(term), 1, &parts[i], &failure), XC_OK);
    }
    xc_operator op = pil_random_once_in(random, 3) ? XC_AND : XC_OR;
    cr_assert_eq(xc_query_combine(op, (const xc_query *const *)parts, n, &query, &failure), XC_OK);
    for (size_t i = 0; i < n; i++)
        xc_query_free(parts[i]);
    if (op == XC_OR && !pil_random_once_in(random, 3)) {
        xc_query *plain = query;
        cr_assert_eq(xc_query_in_order(plain, &query, &failure), XC_OK);
        xc_query_free(plain);
    }
    return query;
}

static xc_results *search(xc_database *database, const xc_query *query, uint32_t max_hits)
{
    xc_search_options options;
    xc_results *results;
    xc_error failure = {0};
    xc_search_options_init(&options);
    options.max_hits = max_hits;
    options.bm25.k1 = PIL_BM25_K1;
    options.bm25.b = PIL_BM25_B;
    options.bm25.min_normlen = PIL_BM25_MIN_LENGTH;
    cr_assert_eq(xc_search(database, query, &options, &results, &failure), XC_OK, "%s",
                 failure.message);
    return results;
}

static void expect_equal_results(const xc_results *ours, const xc_results *theirs,
                                 const xc_query *query)
{
    char *text;
    bool are_equal =
        ours->n_hits == theirs->n_hits && ours->matches_estimated == theirs->matches_estimated;
    for (size_t i = 0; i < ours->n_hits && are_equal; i++)
        are_equal = ours->hits[i].docid == theirs->hits[i].docid &&
                    memcmp(&ours->hits[i].weight, &theirs->hits[i].weight, sizeof(double)) == 0;
    if (!are_equal) {
        cr_assert_eq(xc_query_describe(query, &text, NULL), XC_OK);
        cr_expect(false, "other results for %s", text);
        xc_free(text);
    }
}

static void expect_equal_answers(const char *ours, const char *theirs, size_t n_queries)
{
    xc_database *left, *right;
    xc_error failure = {0};
    term_list all = {0}, frequent = {0};
    pil_random random = pil_random_from(n_queries);
    cr_assert_eq(xc_database_open(ours, &left, &failure), XC_OK, "%s", failure.message);
    cr_assert_eq(xc_database_open(theirs, &right, &failure), XC_OK, "%s", failure.message);
    cr_assert_eq(xc_database_each_term(left, "", 0, false, note_term, &all, &failure), XC_OK);
    for (size_t i = 0; i < all.n; i++) {
        uint32_t n_docs;
        const char *term = all.items[i];
        cr_assert_eq(xc_database_term(right, term, strlen(term), &n_docs, NULL, &failure), XC_OK);
        if (n_docs >= 20)
            note_term(&frequent, &(xc_term){.bytes = term, .length = strlen(term)});
    }
    for (size_t i = 0; i < n_queries && all.n > 0; i++) {
        xc_query *query = random_query(&random, &all, &frequent);
        uint32_t max_hits = pil_random_once_in(&random, 4) ? 100000 : 10;
        xc_results *a = search(left, query, max_hits), *b = search(right, query, max_hits);
        expect_equal_results(a, b, query);
        xc_results_free(a);
        xc_results_free(b);
        xc_query_free(query);
    }
    free(all.items);
    free(frequent.items);
    xc_database_free(left);
    xc_database_free(right);
}

/* Compares segment with what libxapian makes of inputs, which are disposed of. */
static void compare(const pil_manifest_segment *segment, oracle_inputs *inputs, size_t n_queries)
{
    char name[64];
    snprintf(name, sizeof name, "oracle-%s", segment->id);
    char *theirs = pil_temporary_directory_path(directory, name);
    char *ours = pil_manifest_segment_path(directory, segment->id);
    pil_oracle_build(theirs, inputs->items, inputs->n, analyser);
    dispose_inputs(inputs);
    expect_checked(ours);
    expect_equal_dumps(ours, theirs);
    expect_equal_answers(ours, theirs, n_queries);
    free(ours);
    free(theirs);
}

static void compare_built(batch_maker make, const void *collection, size_t n_queries)
{
    static oracle_inputs inputs;
    const pil_manifest_segment *segment = build(make, collection, 3);
    add_inputs(&inputs, make, collection, segment);
    compare(segment, &inputs, n_queries);
}

/* ---- the tests ---- */

Test(equality, of_odd_texts)
{
    static const one_text texts[] = {
        {"en", "word"},
        {"en", "***"},
        {"", "word word word"},
        {"de", "Die Verteidigung der Euro-Atlantischen Gemeinschaft.\n\n***\n\nEuroAtlantic"},
        {"en", "to be or not to be\n\nto be or not to be\n\nto be or not to be"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        compare_built(text_batch, &texts[i], 20);
}

Test(equality, of_small_collections)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        random_collection collection = {.seed = seed,
                                        .n_batches = 1 + seed % 3,
                                        .n_articles = 1 + seed * seed % 40,
                                        .n_words = 10 + (uint32_t)(seed % 5) * 80};
        compare_built(random_batch, &collection, 50);
    }
}

/* Large enough for a list of common words and a dictionary, with chunks of postings, blocks of the
 * lexicon and levels of the trees. */
Test(equality, of_a_large_collection)
{
    random_collection collection = {.seed = 77, .n_batches = 2, .n_articles = 700, .n_words = 400};
    compare_built(random_batch, &collection, 2000);
    cr_expect_gt(manifest.n_commons, 0, "no common words were chosen");
    cr_expect_gt(manifest.n_dictionaries, 0, "no dictionary was trained");
}

Test(equality, of_the_sample_articles)
{
    const size_t n_copies = 12;
    compare_built(corpus_batch, &n_copies, 500);
    cr_expect_gt(manifest.n_commons, 0, "no common words were chosen");
}

Test(equality, of_what_any_number_of_threads_makes)
{
    random_collection collection = {.seed = 5, .n_batches = 4, .n_articles = 100, .n_words = 300};
    pil_digest first = build(random_batch, &collection, 1)->checksums;
    for (unsigned n_threads = 2; n_threads <= 5; n_threads++) {
        pil_manifest_dispose(&manifest);
        cr_expect_str_eq(build(random_batch, &collection, n_threads)->checksums.hex, first.hex,
                         "%u threads", n_threads);
    }
}

/* Lets an article die now and then; those that live, to the oracle's inputs. */
static void kill_some(pil_manifest_segment *segment, oracle_inputs *inputs, size_t first_input,
                      pil_random *random)
{
    uint32_t docid = 1;
    for (size_t i = first_input; i < inputs->n; i++) {
        for (size_t k = 0; k < inputs->batches[i]->n_articles; k++) {
            pil_batch_article *article = &inputs->batches[i]->articles[k];
            uint32_t n = article->meta.n_paragraphs;
            if (!article->is_wanted || n == 0)
                continue;
            if (pil_random_once_in(random, 3)) {
                article->is_wanted = false;
                cr_assert_eq(
                    pil_manifest_kill(segment, (pil_docid_range){docid, docid + n - 1}, NULL),
                    PIL_OK);
            }
            docid += n;
        }
    }
    cr_assert_eq(docid, segment->n_paragraphs + 1);
}

static void compare_merged(const random_collection *collections, size_t n, bool with_dead,
                           size_t n_queries)
{
    static oracle_inputs inputs;
    pil_random random = pil_random_from(n);
    for (size_t i = 0; i < n; i++) {
        size_t first_input = inputs.n;
        pil_manifest_segment *segment = build(random_batch, &collections[i], 2);
        add_inputs(&inputs, random_batch, &collections[i], segment);
        if (with_dead)
            kill_some(segment, &inputs, first_input, &random);
    }
    pil_manifest_segment merged = merge();
    compare(&merged, &inputs, n_queries);
    pil_manifest_segment_dispose(&merged);
}

Test(equality, of_a_merge)
{
    const random_collection collections[] = {
        {.seed = 21, .n_batches = 1, .n_articles = 500, .n_words = 400},
        {.seed = 22, .n_batches = 2, .n_articles = 1, .n_words = 40},
        {.seed = 23, .n_batches = 1, .n_articles = 80, .n_words = 200},
    };
    compare_merged(collections, 3, false, 300);
}

Test(equality, of_a_merge_that_leaves_out_the_dead)
{
    const random_collection collections[] = {
        {.seed = 31, .n_batches = 2, .n_articles = 300, .n_words = 400},
        {.seed = 32, .n_batches = 1, .n_articles = 30, .n_words = 300},
        {.seed = 33, .n_batches = 1, .n_articles = 2, .n_words = 20},
        {.seed = 34, .n_batches = 1, .n_articles = 80, .n_words = 200},
    };
    compare_merged(collections, 4, true, 300);
}

Test(equality, of_many_small_merges)
{
    for (uint64_t seed = 100; seed < 600; seed += 100) {
        random_collection collections[5];
        for (size_t i = 0; i < 5; i++)
            collections[i] = (random_collection){.seed = seed + i,
                                                 .n_batches = 1,
                                                 .n_articles = 1 + (size_t)(seed + i) % 7,
                                                 .n_words = 60};
        pil_manifest_dispose(&manifest);
        compare_merged(collections, 5, seed % 200 == 0, 20);
    }
}

Test(equality, of_more_collections_on_request)
{
    const char *wanted = getenv("PILCROW_EQUALITY_SEEDS");
    uint64_t n = wanted == NULL ? 0 : strtoull(wanted, NULL, 10);
    for (uint64_t seed = 10000; seed < 10000 + n; seed++) {
        pil_random random = pil_random_from(seed);
        random_collection collections[3];
        for (size_t i = 0; i < 3; i++)
            collections[i] = (random_collection){.seed = seed * 10 + i,
                                                 .n_batches = 1 + pil_random_below(&random, 3),
                                                 .n_articles = 1 + pil_random_below(&random, 600),
                                                 .n_words = 1 + pil_random_below(&random, 500)};
        compare_built(random_batch, &collections[0], 200);
        pil_manifest_dispose(&manifest);
        compare_merged(collections, 3, pil_random_once_in(&random, 2), 200);
        pil_manifest_dispose(&manifest);
        pil_temporary_directory_remove(directory);
        directory = pil_temporary_directory_new();
    }
}
