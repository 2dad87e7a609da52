/* Every kind of clause against brute force: random queries over random small indexes, and a scan of
 * all live paragraphs that knows what docs/query-language.md says and nothing else. It shares the
 * analyser with the searcher, and no more.
 *
 * Words that the lexicon would take apart or join with their neighbour are not asked for as words,
 * only in phrases, near others and as written: tests/unit/test_compounds.c is about these.
 *
 * PILCROW_BRUTE_FORCE_SEEDS=<first>-<last> in the environment: one index a seed, instead of the
 * usual ones. */
#include "support/index_fixture.h"
#include "support/random_articles.h"
#include "support/search_fixture.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SEED = 1, LAST_SEED = 25, QUERIES_A_SEED = 200 };
enum { MAX_TOKENS = 160, MAX_PARAGRAPHS = 8, N_ARTICLES = 24, MAX_WORDS = 5, MAX_CLAUSES = 4 };

/* ---- the model: paragraphs as lists of tokens ---- */

typedef struct model_token {
    char term[PIL_TERM_MAX_BYTES + 1];
    char written[48];
    uint32_t begin, end; /* positions */
    uint32_t word;       /* number of the word as it is written, where a compound is one */
    pil_token_kind kind;
} model_token;

typedef struct token_list {
    model_token items[MAX_TOKENS];
    size_t n;
} token_list;

typedef struct model_article {
    const char *language;
    token_list paragraphs[MAX_PARAGRAPHS];
    char texts[MAX_PARAGRAPHS][512];
    size_t n_paragraphs; /* 0 when there is no such article now */
} model_article;

static model_article articles[N_ARTICLES];
static pil_search_fixture search;

static void analyse(const char *language, const char *text, token_list *out)
{
    const pil_token *tokens;
    size_t n;
    cr_assert_eq(pil_analyser_run(search.analyser, language, text, strlen(text), &tokens, &n, NULL),
                 PIL_OK);
    cr_assert_leq(n, MAX_TOKENS);
    out->n = n;
    for (size_t i = 0; i < n; i++) {
        model_token *token = &out->items[i];
        size_t length = tokens[i].end_byte - tokens[i].begin_byte;
        cr_assert_lt(length, sizeof token->written);
        *token = (model_token){.begin = tokens[i].position,
                               .end = tokens[i].position + tokens[i].n_positions,
                               .kind = tokens[i].kind};
        memcpy(token->term, tokens[i].term, tokens[i].term_bytes + (size_t)1);
        memcpy(token->written, text + tokens[i].begin_byte, length);
    }
}

static bool is_inside_another(const token_list *list, const model_token *token)
{
    for (size_t i = 0; i < list->n; i++) {
        const model_token *other = &list->items[i];
        if (other != token && other->begin <= token->begin && token->end <= other->end)
            return true;
    }
    return false;
}

static void number_words(token_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        for (size_t j = 0; j < list->n; j++)
            list->items[i].word += list->items[j].begin <= list->items[i].begin &&
                                   !is_inside_another(list, &list->items[j]);
}

/* ---- what a query asks for ---- */

typedef enum clause_kind { WORD, PHRASE, NEAR, EXACT_WORD, EXACT_PHRASE, N_KINDS } clause_kind;

typedef struct model_clause {
    clause_kind kind;
    char sign; /* '+', '-' or ' ' */
    uint32_t distance;
    char text[128];
} model_clause;

typedef struct model_query {
    model_clause clauses[MAX_CLAUSES];
    size_t n;
} model_query;

/* Some way through the clause from position q on is some way through the text from position t on.
 */
static bool follows(const token_list *clause, uint32_t q, uint32_t q_end, const token_list *text,
                    uint32_t t)
{
    if (q == q_end)
        return true;
    for (size_t i = 0; i < clause->n; i++)
        for (size_t j = 0; j < text->n; j++)
            if (clause->items[i].begin == q && text->items[j].begin == t &&
                strcmp(clause->items[i].term, text->items[j].term) == 0 &&
                follows(clause, clause->items[i].end, q_end, text, text->items[j].end))
                return true;
    return false;
}

static bool has_phrase(const token_list *clause, const token_list *text)
{
    uint32_t end = 0, text_end = 0;
    for (size_t i = 0; i < clause->n; i++)
        end = clause->items[i].end > end ? clause->items[i].end : end;
    for (size_t i = 0; i < text->n; i++)
        text_end = text->items[i].end > text_end ? text->items[i].end : text_end;
    for (uint32_t t = 0; t < text_end; t++)
        if (follows(clause, 0, end, text, t))
            return true;
    return false;
}

/* The words of the clause with its compounds as they are, or as their parts. */
static size_t list_words(const token_list *clause, bool joined, const model_token **out)
{
    size_t n = 0;
    for (size_t i = 0; i < clause->n; i++) {
        const model_token *token = &clause->items[i];
        if (joined ? !is_inside_another(clause, token) : token->end == token->begin + 1)
            out[n++] = token;
    }
    return n;
}

static bool has_written(const model_token *const *words, size_t n, const token_list *text)
{
    for (size_t start = 0; start < text->n; start++) {
        uint32_t at = text->items[start].begin;
        size_t n_found = 0;
        for (bool goes_on = true; goes_on && n_found < n;) {
            goes_on = false;
            for (size_t j = 0; j < text->n && !goes_on; j++) {
                const model_token *token = &text->items[j];
                if (token->begin == at && token->kind != PIL_TOKEN_PART &&
                    strcmp(token->written, words[n_found]->written) == 0) {
                    goes_on = true;
                    at = token->end;
                    n_found++;
                }
            }
        }
        if (n_found == n)
            return true;
    }
    return false;
}

/* Gives each of the words from number i on a token of its own, the words of the text that these are
 * in being no further than [*low, *high] and the others allow. */
static bool stand_near(const model_token *const *words, size_t n, size_t i, const token_list *text,
                       bool *is_used, uint32_t low, uint32_t high, uint32_t distance)
{
    if (i == n)
        return (int64_t)high - low - ((int64_t)n - 1) <= (int64_t)distance;
    for (size_t j = 0; j < text->n; j++) {
        const model_token *token = &text->items[j];
        if (is_used[j] || strcmp(token->term, words[i]->term) != 0)
            continue;
        is_used[j] = true;
        bool is_near = stand_near(words, n, i + 1, text, is_used,
                                  i == 0 || token->word < low ? token->word : low,
                                  i == 0 || token->word > high ? token->word : high, distance);
        is_used[j] = false;
        if (is_near)
            return true;
    }
    return false;
}

static bool clause_occurs(const model_clause *clause, const token_list *words,
                          const token_list *text)
{
    const model_token *list[MAX_TOKENS];
    bool is_used[MAX_TOKENS] = {false};
    if (words->n == 0)
        return false;
    if (clause->kind == WORD || clause->kind == PHRASE)
        return has_phrase(words, text);
    size_t n = list_words(words, true, list);
    if (clause->kind != NEAR)
        return has_written(list, n, text);
    if (stand_near(list, n, 0, text, is_used, 0, 0, clause->distance))
        return true;
    n = list_words(words, false, list);
    return stand_near(list, n, 0, text, is_used, 0, 0, clause->distance);
}

static bool is_hit(const model_query *query, const char *language, const token_list *text)
{
    bool has_any = false;
    for (size_t i = 0; i < query->n; i++) {
        const model_clause *clause = &query->clauses[i];
        bool is_required = clause->sign == '+' || (clause->sign == ' ' && clause->kind != WORD &&
                                                   clause->kind != EXACT_WORD);
        token_list words;
        analyse(language, clause->text, &words);
        bool occurs = clause_occurs(clause, &words, text);
        if (occurs ? clause->sign == '-' : is_required)
            return false;
        has_any |= occurs;
    }
    return has_any;
}

/* ---- random texts ---- */

static const char *const common[] = {"the", "of", "to", "be", "in", "a", "or", "not", "de", "la"};
static const char *const usual[] = {"nation",
                                    "nations",
                                    "Nations",
                                    "peace",
                                    "war",
                                    "wars",
                                    "zone",
                                    "Zone",
                                    "l'Europe",
                                    "Europe",
                                    "NATO",
                                    "NATO\xE2\x80\x99s",
                                    "nato",
                                    "caf\xC3\xA9",
                                    "cafe",
                                    "Frieden",
                                    "be-in",
                                    "Be-In",
                                    "WarZone",
                                    "O'Brien",
                                    "to-be-or-not",
                                    "U.N.",
                                    "UN",
                                    "\xC3\xB6ster",
                                    "\xD0\xBC\xD0\xB8\xD1\x80"};
/* What the lexicon may find other forms of. */
static const char *const joined[] = {"warzone",  "warZone", "war-zone",
                                     "War-Zone", "obrien",  "bein"};

static const char *random_word(pil_random *random, bool all)
{
    uint32_t kind = pil_random_below(random, all ? 100 : 85);
    if (kind < 60)
        return common[pil_random_below(random, sizeof common / sizeof *common)];
    if (kind < 85)
        return usual[pil_random_below(random, sizeof usual / sizeof *usual)];
    return joined[pil_random_below(random, sizeof joined / sizeof *joined)];
}

static void write_words(pil_random *random, uint32_t n, bool all, char *out, size_t size)
{
    static const char *const gaps[] = {" ", " ", " ", " ", ", ", "\n", ". ", " \xE2\x80\x93 "};
    size_t length = 0;
    for (uint32_t i = 0; i < n; i++) {
        const char *gap = i > 0 ? gaps[pil_random_below(random, 8)] : "";
        length +=
            (size_t)snprintf(out + length, size - length, "%s%s", gap, random_word(random, all));
    }
}

/* A new text for the article of the index and of the model. */
static void write_article(pil_random *random, pil_index_writer *writer, uint32_t number)
{
    static const char *const languages[] = {"en", "en", "en", "fr", "de", "sr", "xx"};
    char text[MAX_PARAGRAPHS * 512] = "", path[16];
    model_article *article = &articles[number];
    article->language = languages[pil_random_below(random, 7)];
    article->n_paragraphs = 1 + pil_random_below(random, MAX_PARAGRAPHS);
    size_t length = 0;
    for (size_t i = 0; i < article->n_paragraphs; i++) {
        char *paragraph = article->texts[i];
        write_words(random, 1 + pil_random_below(random, 24), true, paragraph, 512);
        analyse(article->language, paragraph, &article->paragraphs[i]);
        number_words(&article->paragraphs[i]);
        length += (size_t)snprintf(text + length, sizeof text - length, "%s\n\n", paragraph);
    }
    snprintf(path, sizeof path, "f%u", (unsigned)number);
    const pil_index_fixture_article given = {.text = text, .language = article->language};
    pil_index_fixture_begin(writer, path);
    pil_index_fixture_give(writer, path, &given);
    pil_index_fixture_end(writer);
}

static void remove_article(pil_index_writer *writer, uint32_t number)
{
    char path[16];
    size_t n_removed;
    snprintf(path, sizeof path, "f%u", (unsigned)number);
    if (articles[number].n_paragraphs > 0)
        cr_assert_eq(pil_index_writer_remove_source(writer, path, &n_removed, NULL), PIL_OK);
    articles[number].n_paragraphs = 0;
}

/* Several segments, with dead paragraphs, each with other common words, or without. */
static void make_index(pil_random *random, const char *directory)
{
    static const char *const lists[] = {"a be in of the to", "de la nation not or the", "peac war",
                                        "be la of to"};
    memset(articles, 0, sizeof articles);
    for (uint32_t commits = 1 + pil_random_below(random, 5); commits > 0; commits--) {
        pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
        for (uint32_t i = 1 + pil_random_below(random, 14); i > 0; i--)
            write_article(random, writer, pil_random_below(random, N_ARTICLES));
        if (pil_random_once_in(random, 3))
            remove_article(writer, pil_random_below(random, N_ARTICLES));
        pil_index_fixture_commit(writer);
        if (pil_random_once_in(random, 8))
            pil_index_fixture_merge(writer, true);
        pil_index_writer_close(writer);
        if (pil_random_once_in(random, 2))
            pil_index_fixture_set_common(directory, lists[pil_random_below(random, 4)]);
    }
}

/* ---- random queries ---- */

static bool has_letter(const char *text)
{
    for (; *text != '\0'; text++)
        if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z'))
            return true;
    return false;
}

/* Up to n words of some paragraph, or nothing. */
static void copy_words(pil_random *random, uint32_t n, char *out, size_t size)
{
    const model_article *article = &articles[pil_random_below(random, N_ARTICLES)];
    out[0] = '\0';
    if (article->n_paragraphs == 0)
        return;
    const char *begin = article->texts[pil_random_below(random, (uint32_t)article->n_paragraphs)];
    for (uint32_t skip = pil_random_below(random, 12); skip > 0 && strchr(begin, ' '); skip--)
        begin = strchr(begin, ' ') + 1;
    const char *end = begin;
    for (; n > 0 && *end != '\0'; n--)
        end += strcspn(end + 1, " ") + 1;
    snprintf(out, size, "%.*s", (int)(end - begin), begin);
}

static void make_clause(pil_random *random, bool may_exclude, model_clause *out)
{
    *out = (model_clause){.kind = pil_random_below(random, N_KINDS)};
    out->sign = "  +-"[pil_random_below(random, may_exclude ? 4 : 3)];
    out->distance = pil_random_below(random, 6);
    bool is_word = out->kind == WORD || out->kind == EXACT_WORD;
    uint32_t n = is_word ? 1 : 1 + pil_random_below(random, MAX_WORDS);
    if (out->kind == NEAR && n > 4)
        n = 4;
    /* joined words could be taken for a whole in a WORD clause only */
    write_words(random, n, out->kind != WORD, out->text, sizeof out->text);
    char copied[sizeof out->text];
    copy_words(random, n, copied, sizeof copied);
    if (!is_word && has_letter(copied) && pil_random_once_in(random, 2))
        memcpy(out->text, copied, sizeof copied);
}

static void write_query(pil_random *random, model_query *query, char *out, size_t size)
{
    size_t length = 0;
    query->n = 1 + pil_random_below(random, MAX_CLAUSES);
    for (size_t i = 0; i < query->n; i++) {
        model_clause *clause = &query->clauses[i];
        make_clause(random, i > 0, clause);
        char sign[2] = {clause->sign == ' ' ? '\0' : clause->sign, '\0'};
        char *space = strchr(clause->text, ' ');
        bool is_pair = clause->kind == NEAR && space != NULL && strchr(space + 1, ' ') == NULL &&
                       strchr(clause->text, '\n') == NULL &&
                       strstr(clause->text, "\xE2\x80\x93") == NULL;
        length += (size_t)snprintf(out + length, size - length, "%s%s", i > 0 ? " " : "", sign);
        if (is_pair && pil_random_once_in(random, 2))
            length += (size_t)snprintf(out + length, size - length, "%.*s NEAR/%u %s",
                                       (int)(space - clause->text), clause->text,
                                       (unsigned)clause->distance, space + 1);
        else if (clause->kind == WORD)
            length += (size_t)snprintf(out + length, size - length, "%s", clause->text);
        else if (clause->kind == EXACT_WORD)
            length +=
                (size_t)snprintf(out + length, size - length, "%s%s",
                                 pil_random_once_in(random, 2) ? "=" : "exact:", clause->text);
        else
            length += (size_t)snprintf(out + length, size - length, "%s\"%s\"",
                                       clause->kind == EXACT_PHRASE ? "=" : "", clause->text);
        if (clause->kind == NEAR && out[length - 1] == '"')
            length +=
                (size_t)snprintf(out + length, size - length, "~%u", (unsigned)clause->distance);
    }
}

/* ---- the comparison ---- */

/* Every paragraph that should be found is, and no other. Returns how many there are. */
static size_t compare(const model_query *query, const char *text, uint64_t seed)
{
    bool is_found[N_ARTICLES][MAX_PARAGRAPHS] = {{false}};
    pil_hits *hits = pil_search_fixture_run(&search, text, false, NULL);
    size_t n_hits = hits->n_items, n_expected = 0;
    for (size_t i = 0; i < n_hits; i++) {
        const char *name = strrchr(hits->items[i].article, '/');
        unsigned long number = strtoul(name + 2, NULL, 10);
        cr_assert(number < N_ARTICLES && hits->items[i].paragraph - 1 < MAX_PARAGRAPHS);
        cr_assert_not(is_found[number][hits->items[i].paragraph - 1], "found twice");
        is_found[number][hits->items[i].paragraph - 1] = true;
    }
    for (size_t i = 0; i < N_ARTICLES; i++)
        for (size_t j = 0; j < articles[i].n_paragraphs; j++) {
            bool expected = is_hit(query, articles[i].language, &articles[i].paragraphs[j]);
            n_expected += expected;
            cr_assert_eq(is_found[i][j], expected, "seed %lu: [%s] %s f%zu, paragraph %zu (%s)",
                         (unsigned long)seed, text, expected ? "misses" : "finds", i, j + 1,
                         articles[i].language);
        }
    cr_assert_eq(n_hits, n_expected, "seed %lu: [%s] finds what is dead", (unsigned long)seed,
                 text);
    pil_hits_free(hits);
    return n_expected;
}

/* Returns how many queries of the seed found something. */
static size_t try_seed(uint64_t seed)
{
    char *parent = pil_temporary_directory_new();
    char *directory = pil_temporary_directory_path(parent, "index");
    pil_random random = pil_random_from(seed);
    size_t n_finding = 0;
    cr_assert_eq(pil_analyser_new(&search.analyser, NULL), PIL_OK);
    make_index(&random, directory);
    pil_analyser_free(search.analyser);
    pil_search_fixture_open(&search, directory);
    for (int i = 0; i < QUERIES_A_SEED; i++) {
        model_query query;
        char text[1024];
        write_query(&random, &query, text, sizeof text);
        n_finding += compare(&query, text, seed) > 0;
    }
    pil_search_fixture_close(&search);
    free(directory);
    pil_temporary_directory_remove(parent);
    return n_finding;
}

Test(brute_force, random_queries_find_what_a_scan_of_all_texts_finds, .timeout = 7200)
{
    unsigned long first = FIRST_SEED, last = LAST_SEED;
    const char *wanted = getenv("PILCROW_BRUTE_FORCE_SEEDS");
    if (wanted != NULL) {
        char *end;
        first = strtoul(wanted, &end, 10);
        last = *end == '-' ? strtoul(end + 1, NULL, 10) : first;
    }
    size_t n_finding = 0, n_queries = (last - first + 1) * QUERIES_A_SEED;
    for (unsigned long seed = first; seed <= last; seed++)
        n_finding += try_seed(seed);
    printf("seeds %lu-%lu: %zu of %zu queries find something\n", first, last, n_finding, n_queries);
    cr_expect_gt(n_finding, n_queries / 4);
}
