/* The searcher against a model of it: random small corpora and random queries, ranked by libxapian
 * from the index and by a plain loop over all paragraphs from their texts. */
#include "base/buffer.h"
#include "index/schema.h"
#include "support/index_fixture.h"
#include "support/search_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Words that no stemmer touches, of which no two make a third; the last is never indexed. */
static const char *const words[] = {"alpha",  "bravo", "delta", "gamma", "kappa",
                                    "lambda", "omega", "sigma", "theta", "zulu"};
enum { N_WORDS = 10, N_INDEXED = 9, MAX_LENGTH = 30, MAX_DOCS = 2000, MAX_CLAUSES = 5 };

typedef struct document {
    char article[16]; /* its id */
    uint32_t number;
    bool is_dead;
    int words[MAX_LENGTH];
    int length;
} document;

/* What the index holds, dead paragraphs included, for those count in the statistics. */
static document documents[MAX_DOCS];
static size_t n_documents;
static double average_length;

static uint32_t state;

static uint32_t random_below(uint32_t n)
{
    state = state * 1664525 + 1013904223;
    return (state >> 10) % n;
}

/* ---- the corpus ---- */

/* Low numbers are common words. */
static int random_word(int n)
{
    int a = (int)random_below((uint32_t)n), b = (int)random_below((uint32_t)n);
    return a < b ? a : b;
}

static void make_text(char *text, size_t size)
{
    size_t length = 0;
    int n_paragraphs = 1 + (int)random_below(6);
    for (int p = 0; p < n_paragraphs; p++) {
        int n = 1 + (int)random_below(random_below(4) == 0 ? MAX_LENGTH : 8);
        for (int w = 0; w < n; w++)
            length += (size_t)snprintf(text + length, size - length, "%s%s", w > 0 ? " " : "",
                                       words[random_word(N_INDEXED)]);
        length += (size_t)snprintf(text + length, size - length, "\n\n");
    }
}

/* Commits of new, changed and removed articles, now and then a merge. */
static void make_corpus(const char *directory)
{
    pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
    uint32_t n_commits = 1 + random_below(8), n_paths = 5 + random_below(30);
    for (uint32_t commit = 0; commit < n_commits; commit++) {
        uint32_t n_changes = 1 + random_below(20);
        for (uint32_t i = 0; i < n_changes; i++) {
            char path[16], text[2048];
            size_t n;
            snprintf(path, sizeof path, "f%u", (unsigned)random_below(n_paths));
            if (random_below(6) == 0) {
                pil_status status = pil_index_writer_remove_source(writer, path, &n, NULL);
                cr_assert(status == PIL_OK || status == PIL_NOT_FOUND);
                continue;
            }
            make_text(text, sizeof text);
            pil_index_fixture_add(writer, path, text);
        }
        pil_index_fixture_commit(writer);
        if (random_below(5) == 0)
            pil_index_fixture_merge(writer, random_below(2) == 0);
    }
    pil_index_writer_close(writer);
}

static int word_number(const char *word, size_t length)
{
    for (int i = 0; i < N_WORDS; i++)
        if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
            return i;
    cr_assert_fail("a word that was not indexed: %.*s", (int)length, word);
    return -1;
}

static void learn_document(const pil_segment *segment, uint32_t docid, const pil_record *record,
                           const pil_article_meta *meta)
{
    cr_assert_lt(n_documents, (size_t)MAX_DOCS);
    document *learnt = &documents[n_documents++];
    *learnt = (document){.number = record->number,
                         .is_dead = pil_manifest_is_dead(segment->entry, docid)};
    snprintf(learnt->article, sizeof learnt->article, "%s", meta->id);
    for (const char *at = record->text; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        cr_assert_lt(learnt->length, MAX_LENGTH);
        learnt->words[learnt->length++] = word_number(at, length);
        at += length;
    }
}

/* Reads back every paragraph of the snapshot, dead or not. */
static void learn_documents(pil_snapshot *snapshot)
{
    pil_buffer record_strings, meta_strings;
    pil_buffer_init(&record_strings, 1 << 20);
    pil_buffer_init(&meta_strings, 1 << 20);
    n_documents = 0;
    double total = 0;
    for (size_t i = 0; i < snapshot->manifest.n_segments; i++) {
        pil_segment *segment = &snapshot->segments[i];
        pil_article_meta meta = {0};
        for (uint32_t docid = 1; docid <= segment->entry->n_paragraphs; docid++) {
            pil_record record;
            cr_assert_eq(pil_segment_record(segment, docid, &record_strings, &record, NULL),
                         PIL_OK);
            if (record.number == 1)
                cr_assert_eq(pil_segment_article(segment, docid, &meta_strings, &meta, NULL),
                             PIL_OK);
            learn_document(segment, docid, &record, &meta);
            total += documents[n_documents - 1].length;
        }
    }
    average_length = n_documents > 0 ? total / (double)n_documents : 0;
    pil_buffer_dispose(&record_strings);
    pil_buffer_dispose(&meta_strings);
}

/* ---- the query ---- */

typedef enum occur { SHOULD, MUST, MUST_NOT } occur;

typedef struct clause {
    occur occur;
    int words[3];
    int n_words;
    int n_times;
} clause;

typedef struct question {
    clause clauses[MAX_CLAUSES];
    int n_clauses;
    char text[256];
} question;

static bool is_same_clause(const clause *a, const clause *b)
{
    return a->occur == b->occur && a->n_words == b->n_words &&
           memcmp(a->words, b->words, (size_t)a->n_words * sizeof a->words[0]) == 0;
}

/* As the query language has it: a phrase must occur, the same clause again counts twice. */
static void add_clause(question *asked, clause added)
{
    size_t length = strlen(asked->text);
    char *out = asked->text + length;
    size_t room = sizeof asked->text - length;
    const char *sign = added.occur == MUST ? "+" : added.occur == MUST_NOT ? "-" : "";
    length = (size_t)snprintf(out, room, "%s%s%s", *asked->text == '\0' ? "" : " ", sign,
                              added.n_words > 1 ? "\"" : "");
    for (int i = 0; i < added.n_words; i++)
        length += (size_t)snprintf(out + length, room - length, "%s%s", i > 0 ? " " : "",
                                   words[added.words[i]]);
    snprintf(out + length, room - length, "%s", added.n_words > 1 ? "\"" : "");
    if (added.n_words > 1 && added.occur == SHOULD)
        added.occur = MUST;
    for (int i = 0; i < asked->n_clauses; i++) {
        if (is_same_clause(&asked->clauses[i], &added)) {
            asked->clauses[i].n_times++;
            return;
        }
    }
    asked->clauses[asked->n_clauses++] = added;
}

static bool has_same_words(const question *asked, const clause *added)
{
    clause other = *added;
    for (int i = 0; i < asked->n_clauses; i++) {
        other.occur = asked->clauses[i].occur;
        if (is_same_clause(&asked->clauses[i], &other))
            return true;
    }
    return false;
}

static void make_question(question *asked)
{
    *asked = (question){0};
    int n = 1 + (int)random_below(MAX_CLAUSES);
    for (int i = 0; i < n; i++) {
        uint32_t kind = random_below(10);
        clause added = {.occur = kind < 6   ? SHOULD
                                 : kind < 8 ? MUST
                                            : MUST_NOT,
                        .n_words = random_below(4) == 0 ? 2 + (int)random_below(2) : 1,
                        .n_times = 1};
        if (i == 0 && added.occur == MUST_NOT)
            added.occur = SHOULD;
        for (int w = 0; w < added.n_words; w++)
            added.words[w] = random_word(N_WORDS);
        /* The same words with two signs is for the tests of the query language. */
        bool is_repeated = has_same_words(asked, &added);
        if (is_repeated && (added.occur != SHOULD || added.n_words > 1))
            continue;
        if (is_repeated) {
            clause as_before = added;
            bool is_should = false;
            for (int c = 0; c < asked->n_clauses; c++)
                is_should |= is_same_clause(&asked->clauses[c], &as_before);
            if (!is_should)
                continue;
        }
        add_clause(asked, added);
    }
}

/* ---- the model ---- */

static int count_word(const document *in, int word)
{
    int n = 0;
    for (int i = 0; i < in->length; i++)
        n += in->words[i] == word;
    return n;
}

static bool occurs(const clause *wanted, const document *in)
{
    for (int at = 0; at + wanted->n_words <= in->length; at++)
        if (memcmp(&in->words[at], wanted->words,
                   (size_t)wanted->n_words * sizeof wanted->words[0]) == 0)
            return true;
    return false;
}

/* BM25 as Xapian 1.4 computes it. */
static double weight_of(int word, const document *in)
{
    double n = 0, total = (double)n_documents;
    for (size_t i = 0; i < n_documents; i++)
        n += count_word(&documents[i], word) > 0;
    double odds = (total - n + 0.5) / (n + 0.5);
    if (odds < 2)
        odds = odds * 0.5 + 1;
    double wdf = count_word(in, word);
    double length = in->length / average_length;
    if (length < PIL_BM25_MIN_LENGTH)
        length = PIL_BM25_MIN_LENGTH;
    double damping = PIL_BM25_K1 * (length * PIL_BM25_B + (1 - PIL_BM25_B));
    return log(odds) * (PIL_BM25_K1 + 1) * wdf / (wdf + damping);
}

/* Whether in is a hit, and with what score. */
static bool judge(const question *asked, const document *in, double *score)
{
    bool has_any = false;
    *score = 0;
    for (int i = 0; i < asked->n_clauses; i++) {
        const clause *wanted = &asked->clauses[i];
        bool is_there = occurs(wanted, in);
        if ((wanted->occur == MUST && !is_there) || (wanted->occur == MUST_NOT && is_there))
            return false;
        if (!is_there || wanted->occur == MUST_NOT)
            continue;
        has_any = true;
        for (int w = 0; w < wanted->n_words; w++)
            *score += wanted->n_times * weight_of(wanted->words[w], in);
    }
    return has_any && !in->is_dead;
}

typedef struct expected {
    const document *document;
    double score;
    bool is_found;
} expected;

static expected wanted_hits[MAX_DOCS];

static int by_score(const void *left, const void *right)
{
    const expected *a = left, *b = right;
    return (a->score < b->score) - (a->score > b->score);
}

static size_t expect(const question *asked)
{
    size_t n = 0;
    for (size_t i = 0; i < n_documents; i++) {
        double score;
        if (judge(asked, &documents[i], &score))
            wanted_hits[n++] = (expected){&documents[i], score, false};
    }
    qsort(wanted_hits, n, sizeof *wanted_hits, by_score);
    return n;
}

static expected *find_expected(size_t n, const pil_hit *hit)
{
    const char *id = strrchr(hit->article, '/') + 1;
    for (size_t i = 0; i < n; i++)
        if (wanted_hits[i].document->number == hit->paragraph &&
            strcmp(wanted_hits[i].document->article, id) == 0)
            return &wanted_hits[i];
    return NULL;
}

static bool all_words_occur(const question *asked, const document *in)
{
    for (int i = 0; i < asked->n_clauses; i++)
        if (asked->clauses[i].occur != MUST_NOT && !occurs(&asked->clauses[i], in))
            return false;
    return true;
}

/* ---- the comparison ---- */

static void check_missing(const question *asked, const pil_hit *hit, const document *in)
{
    size_t n = 0;
    for (int i = 0; i < asked->n_clauses; i++) {
        if (asked->clauses[i].occur == MUST_NOT || occurs(&asked->clauses[i], in))
            continue;
        cr_assert_lt(n, hit->n_missing, "[%s]", asked->text);
        cr_expect_eq(hit->missing[n], (uint32_t)i, "[%s]", asked->text);
        n++;
    }
    cr_expect_eq(n, hit->n_missing, "[%s]", asked->text);
}

static void check_all(pil_search_fixture *search, const question *asked, size_t n)
{
    bool some_have_all = false;
    const pil_search_options all = {.limit = UINT32_MAX, .ranking_without = PIL_RANKING_ALL_PARTS};
    pil_hits *hits = pil_search_fixture_run(search, asked->text, false, &all);
    cr_assert_eq(hits->n_items, n, "[%s] finds %zu, not %zu", asked->text, hits->n_items, n);
    for (size_t i = 0; i < hits->n_items; i++) {
        const pil_hit *hit = &hits->items[i];
        expected *found = find_expected(n, hit);
        cr_assert_not_null(found, "[%s] finds %s:%u", asked->text, hit->article, hit->paragraph);
        cr_expect_not(found->is_found, "[%s] finds one twice", asked->text);
        found->is_found = true;
        cr_expect_float_eq(hit->score, found->score, 1e-9, "[%s] %.12f %.12f", asked->text,
                           hit->score, found->score);
        cr_expect(i == 0 || hit->score <= hits->items[i - 1].score, "[%s] order", asked->text);
        check_missing(asked, hit, found->document);
        some_have_all |= all_words_occur(asked, found->document);
    }
    cr_expect_eq(hits->some_have_all, some_have_all, "[%s]", asked->text);
    pil_hits_free(hits);
}

/* A page of few: libxapian leaves out what cannot get into it, and must not leave out more. */
static void check_page(pil_search_fixture *search, const question *asked, size_t n)
{
    const pil_search_options page = {.offset = random_below(4),
                                     .limit = 1 + random_below(5),
                                     .ranking_without = PIL_RANKING_ALL_PARTS};
    pil_hits *hits = pil_search_fixture_run(search, asked->text, false, &page);
    size_t left = n > page.offset ? n - page.offset : 0;
    cr_assert_eq(hits->n_items, left < page.limit ? left : page.limit, "[%s]", asked->text);
    for (size_t i = 0; i < hits->n_items; i++)
        cr_expect_float_eq(hits->items[i].score, wanted_hits[page.offset + i].score, 1e-9,
                           "[%s] rank %u: %.12f, not %.12f", asked->text, hits->items[i].rank,
                           hits->items[i].score, wanted_hits[page.offset + i].score);
    bool some_have_all = false;
    for (size_t i = 0; i < n; i++)
        some_have_all |= all_words_occur(asked, wanted_hits[i].document);
    cr_expect_eq(hits->some_have_all, some_have_all, "[%s]", asked->text);
    pil_hits_free(hits);
}

/* The best of each article, and how many more of it there are. */
static void check_groups(pil_search_fixture *search, const question *asked, size_t n)
{
    const pil_search_options grouped = {
        .limit = 1000, .group_by_article = true, .ranking_without = PIL_RANKING_ALL_PARTS};
    pil_hits *hits = pil_search_fixture_run(search, asked->text, false, &grouped);
    size_t n_told = 0;
    for (size_t i = 0; i < hits->n_items; i++) {
        const pil_hit *hit = &hits->items[i];
        const expected *found = find_expected(n, hit);
        cr_assert_not_null(found, "[%s]", asked->text);
        for (size_t w = 0; w < n; w++)
            cr_expect(strcmp(wanted_hits[w].document->article, found->document->article) != 0 ||
                          wanted_hits[w].score <= found->score + 1e-9,
                      "[%s] not the best of its article", asked->text);
        n_told += 1 + hit->n_more_in_article;
    }
    cr_expect_eq(n_told, n, "[%s] tells of %zu, not %zu", asked->text, n_told, n);
    pil_hits_free(hits);
}

static void run_round(uint32_t seed, int n_questions)
{
    char *directory = pil_temporary_directory_new();
    pil_search_fixture search = {0};
    state = seed;
    make_corpus(directory);
    pil_search_fixture_open(&search, directory);
    learn_documents(&search.snapshot);
    for (int i = 0; i < n_questions; i++) {
        question asked;
        make_question(&asked);
        size_t n = expect(&asked);
        check_all(&search, &asked, n);
        check_page(&search, &asked, n);
        if (i % 4 == 0)
            check_groups(&search, &asked, n);
    }
    pil_search_fixture_close(&search);
    pil_temporary_directory_remove(directory);
}

Test(ranking, hits_and_scores_are_those_of_the_model, .timeout = 280)
{
    for (uint32_t seed = 1; seed <= 30; seed++)
        run_round(seed * 7919, 60);
}
