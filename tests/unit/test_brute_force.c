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
#include "support/token_model.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SEED = 1, LAST_SEED = 25, QUERIES_A_SEED = 200 };
enum { MAX_PARAGRAPHS = 8, N_ARTICLES = 24, MAX_WORDS = 5 };
enum { MAX_PARTS = 4, MAX_DEPTH = 3, MAX_CLAUSES = 64, MAX_GROUPS = 24 };

/* ---- the model: paragraphs as lists of tokens ---- */

typedef struct model_article {
    const char *languages[MAX_PARAGRAPHS];
    pil_model_tokens paragraphs[MAX_PARAGRAPHS];
    char texts[MAX_PARAGRAPHS][512];
    size_t n_paragraphs; /* 0 when there is no such article now */
} model_article;

static model_article articles[N_ARTICLES];
static pil_search_fixture search;

/* ---- what a query asks for ---- */

typedef enum clause_kind {
    WORD,
    PHRASE,
    NEAR,
    EXACT_WORD,
    EXACT_PHRASE,
    PATTERN,
    FUZZY,
    REGEX,
    LANGUAGE,
    ARTICLE,
    N_KINDS
} clause_kind;

typedef struct model_clause {
    clause_kind kind;
    uint32_t distance;
    char text[128];
} model_clause;

/* How the parts of a group are joined: by blanks, each with a sign, or by an operator. */
typedef enum joint_kind { LIST, AND, OR, N_JOINTS } joint_kind;

typedef struct model_part {
    char sign; /* '+', '-' or ' '; with an operator '-' stands for NOT */
    bool is_group;
    size_t number; /* of the clause or group */
} model_part;

typedef struct model_group {
    joint_kind joint;
    model_part parts[MAX_PARTS];
    size_t n_parts;
} model_group;

/* The first group is the whole. */
typedef struct model_query {
    model_clause clauses[MAX_CLAUSES];
    size_t n_clauses;
    model_group groups[MAX_GROUPS];
    size_t n_groups;
} model_query;

/* A paragraph of the model with what filters ask of it. */
typedef struct model_paragraph {
    const pil_model_tokens *tokens;
    const char *text, *language;
    size_t article;
} model_paragraph;

static bool has_form(const model_clause *clause, const pil_model_tokens *text)
{
    for (size_t i = 0; i < text->n; i++)
        if (clause->kind == PATTERN
                ? pil_model_is_like(clause->text, text->items[i].form)
                : pil_model_is_close(clause->text, text->items[i].form, clause->distance))
            return true;
    return false;
}

static bool words_occur(const model_clause *clause, const pil_model_tokens *words,
                        const pil_model_tokens *text)
{
    if (words->n == 0)
        return false;
    if (clause->kind == WORD || clause->kind == PHRASE)
        return pil_model_has_phrase(words, text);
    return clause->kind == NEAR ? pil_model_is_near(words, text, clause->distance)
                                : pil_model_has_written(words, text);
}

static bool clause_occurs(const model_clause *clause, const model_paragraph *paragraph)
{
    pil_model_tokens words;
    switch (clause->kind) {
    case PATTERN:
    case FUZZY:
        return has_form(clause, paragraph->tokens);
    case REGEX:
        return strstr(paragraph->text, clause->text) != NULL;
    case LANGUAGE:
        return strcmp(clause->text, paragraph->language) == 0;
    case ARTICLE:
        return strtoul(clause->text + 1, NULL, 10) == paragraph->article;
    default:
        pil_model_analyse(search.analyser, paragraph->language, clause->text, &words);
        return words_occur(clause, &words, paragraph->tokens);
    }
}

static bool only_restricts(const model_query *query, const model_part *part)
{
    if (!part->is_group)
        return query->clauses[part->number].kind >= REGEX;
    const model_group *group = &query->groups[part->number];
    bool restricts = true;
    for (size_t i = 0; i < group->n_parts; i++)
        restricts =
            restricts && (group->parts[i].sign == '-' || only_restricts(query, &group->parts[i]));
    return restricts;
}

/* Who says how words stand together, or where to look, or AND, wants it so without a sign; likewise
 * a group of nothing else. */
static bool is_required(const model_query *query, const model_part *part)
{
    if (part->sign == '+' || only_restricts(query, part))
        return true;
    if (!part->is_group) {
        clause_kind kind = query->clauses[part->number].kind;
        return kind == PHRASE || kind == NEAR || kind == EXACT_PHRASE;
    }
    const model_group *group = &query->groups[part->number];
    bool has_required = group->joint == AND;
    for (size_t i = 0; i < group->n_parts && group->joint == LIST; i++) {
        if (group->parts[i].sign == '-')
            continue;
        has_required = is_required(query, &group->parts[i]);
        if (!has_required)
            return false;
    }
    return has_required;
}

static bool group_holds(const model_query *query, size_t number, const model_paragraph *paragraph)
{
    const model_group *group = &query->groups[number];
    bool has_required = false, has_optional = false, has_one = false;
    for (size_t i = 0; i < group->n_parts; i++) {
        const model_part *part = &group->parts[i];
        bool holds = part->is_group ? group_holds(query, part->number, paragraph)
                                    : clause_occurs(&query->clauses[part->number], paragraph);
        holds = holds != (part->sign == '-' && group->joint != LIST);
        if (group->joint == OR && holds)
            return true;
        if (group->joint == AND && !holds)
            return false;
        if (group->joint != LIST)
            continue;
        bool required = part->sign != '-' && is_required(query, part);
        if (part->sign == '-' ? holds : required && !holds)
            return false;
        has_required |= required && !only_restricts(query, part);
        has_optional |= part->sign != '-' && !required;
        has_one |= part->sign != '-' && !required && holds;
    }
    if (group->joint != LIST)
        return group->joint == AND;
    return has_required || has_one || !has_optional;
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
static void write_article(pil_random *random, pil_index_writer *writer, uint32_t number,
                          bool is_english)
{
    static const char *const languages[] = {"en", "en", "en", "fr", "de", "sr", "xx"};
    char text[MAX_PARAGRAPHS * 512] = "", path[16];
    model_article *article = &articles[number];
    const char *language = is_english ? "en" : languages[pil_random_below(random, 7)];
    article->n_paragraphs = 1 + pil_random_below(random, MAX_PARAGRAPHS);
    size_t length = 0;
    for (size_t i = 0; i < article->n_paragraphs; i++) {
        char *paragraph = article->texts[i];
        bool is_another = !is_english && pil_random_once_in(random, 4);
        article->languages[i] = is_another ? languages[pil_random_below(random, 7)] : language;
        write_words(random, 1 + pil_random_below(random, 24), true, paragraph, 512);
        pil_model_analyse(search.analyser, article->languages[i], paragraph,
                          &article->paragraphs[i]);
        pil_model_number_words(&article->paragraphs[i]);
        length += (size_t)snprintf(text + length, sizeof text - length, "%s\n\n", paragraph);
    }
    snprintf(path, sizeof path, "f%u", (unsigned)number);
    const pil_index_fixture_article given = {
        .text = text, .language = language, .languages = article->languages};
    pil_index_fixture_add_article(writer, path, &given);
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
    bool is_english = pil_random_once_in(random, 2); /* so that more is decided by terms */
    memset(articles, 0, sizeof articles);
    for (uint32_t commits = 1 + pil_random_below(random, 5); commits > 0; commits--) {
        pil_index_writer *writer = pil_index_fixture_open(directory, PIL_INDEX_FIXTURE_LARGE);
        for (uint32_t i = 1 + pil_random_below(random, 14); i > 0; i--)
            write_article(random, writer, pil_random_below(random, N_ARTICLES), is_english);
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

/* A form of the texts with some of its letters left open or wrong. Of words that fold to others
 * than their own letters none is taken. */
static void make_pattern(pil_random *random, model_clause *out)
{
    static const char *const forms[] = {"nation", "nations", "peace", "wars",    "zone", "warzone",
                                        "europe", "obrien",  "nato",  "frieden", "the",  "cafe"};
    const char *form = forms[pil_random_below(random, 12)];
    size_t length = strlen(form), at = pil_random_below(random, (uint32_t)length);
    if (out->kind == PATTERN) {
        uint32_t shape = pil_random_below(random, 4);
        at += at == 0;
        if (shape == 1)
            snprintf(out->text, sizeof out->text, "*%s", form + at);
        else if (at + 1 == length || shape == 0)
            snprintf(out->text, sizeof out->text, "%.*s*", (int)at, form);
        else
            snprintf(out->text, sizeof out->text, "%.*s%c%s", (int)at, form, shape == 2 ? '?' : '*',
                     form + at + 1);
        return;
    }
    out->distance = 1 + pil_random_below(random, 2);
    snprintf(out->text, sizeof out->text, "%s", form);
    out->text[at] = (char)('a' + pil_random_below(random, 26));
}

static void make_clause(pil_random *random, model_clause *out)
{
    static const char *const languages[] = {"en", "fr", "de", "sr"};
    *out = (model_clause){.kind = pil_random_below(random, N_KINDS)};
    out->distance = pil_random_below(random, 6);
    if (out->kind == PATTERN || out->kind == FUZZY) {
        make_pattern(random, out);
        return;
    }
    if (out->kind == LANGUAGE) {
        snprintf(out->text, sizeof out->text, "%s", languages[pil_random_below(random, 4)]);
        return;
    }
    if (out->kind == ARTICLE) {
        snprintf(out->text, sizeof out->text, "f%u",
                 (unsigned)pil_random_below(random, N_ARTICLES));
        return;
    }
    if (out->kind == REGEX) {
        snprintf(out->text, sizeof out->text, "%s", usual[pil_random_below(random, 7)]);
        return;
    }
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

typedef struct text_buffer {
    char bytes[16384];
    size_t length;
} text_buffer;

static void put(text_buffer *out, const char *format, ...) PIL_PRINTF(2, 3);

static void put(text_buffer *out, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int n = vsnprintf(out->bytes + out->length, sizeof out->bytes - out->length, format, values);
    va_end(values);
    cr_assert(n >= 0 && out->length + (size_t)n < sizeof out->bytes);
    out->length += (size_t)n;
}

static bool is_pair(const char *text)
{
    const char *space = strchr(text, ' ');
    return space != NULL && strchr(space + 1, ' ') == NULL && strchr(text, '\n') == NULL &&
           strstr(text, "\xE2\x80\x93") == NULL;
}

static void write_clause(pil_random *random, const model_clause *clause, text_buffer *out)
{
    unsigned distance = (unsigned)clause->distance;
    switch (clause->kind) {
    case WORD:
    case PATTERN:
        put(out, "%s", clause->text);
        return;
    case EXACT_WORD:
        put(out, "%s%s", pil_random_once_in(random, 2) ? "=" : "exact:", clause->text);
        return;
    case NEAR:
        if (is_pair(clause->text) && pil_random_once_in(random, 2))
            put(out, "%.*s NEAR/%u %s", (int)strcspn(clause->text, " "), clause->text, distance,
                strchr(clause->text, ' ') + 1);
        else
            put(out, "\"%s\"~%u", clause->text, distance);
        return;
    case FUZZY:
        put(out, "%s~%u", clause->text, distance);
        return;
    case REGEX:
        put(out, "/%s/", clause->text);
        return;
    case LANGUAGE:
        put(out, "lang:%s", clause->text);
        return;
    case ARTICLE:
        put(out, "path:%s", clause->text);
        return;
    default:
        put(out, "%s\"%s\"", clause->kind == EXACT_PHRASE ? "=" : "", clause->text);
        return;
    }
}

/* Fields say something about the whole list that they are in, and one of several with the same
 * field is enough there; the model has them in groups of operators only. */
static bool is_field(const model_clause *clause)
{
    return clause->kind == LANGUAGE || clause->kind == ARTICLE;
}

static size_t write_group(pil_random *random, model_query *query, joint_kind joint, unsigned depth,
                          text_buffer *out);

static void write_part(pil_random *random, model_query *query, model_group *group, size_t number,
                       unsigned depth, text_buffer *out)
{
    model_part *part = &group->parts[number];
    part->sign = "   +-"[pil_random_below(random, number > 0 ? 5 : 4)];
    if (group->joint != LIST && part->sign == '+')
        part->sign = ' ';
    if (part->sign != ' ')
        put(out, "%s", group->joint == LIST ? (char[2]){part->sign, '\0'} : "NOT ");
    part->is_group = depth < MAX_DEPTH && query->n_groups < MAX_GROUPS - MAX_PARTS &&
                     query->n_clauses < MAX_CLAUSES - MAX_PARTS * MAX_DEPTH &&
                     pil_random_once_in(random, 3);
    if (part->is_group) {
        put(out, "(");
        part->number =
            write_group(random, query, pil_random_below(random, N_JOINTS), depth + 1, out);
        put(out, ")");
        return;
    }
    part->number = query->n_clauses++;
    model_clause *clause = &query->clauses[part->number];
    do
        make_clause(random, clause);
    while (is_field(clause) && group->joint == LIST);
    write_clause(random, clause, out);
}

static size_t write_group(pil_random *random, model_query *query, joint_kind joint, unsigned depth,
                          text_buffer *out)
{
    static const char *const joints[] = {" ", " AND ", " OR "};
    size_t number = query->n_groups++;
    model_group *group = &query->groups[number];
    group->joint = joint;
    group->n_parts = (joint == LIST ? 1 : 2) + pil_random_below(random, MAX_PARTS - 1);
    for (size_t i = 0; i < group->n_parts; i++) {
        put(out, "%s", i > 0 ? joints[joint] : "");
        write_part(random, query, group, i, depth, out);
    }
    return number;
}

/* ---- the comparison ---- */

/* NULL for a query that is refused because it only excludes or only says where to look, and for one
 * with more words than are read. */
static pil_hits *search_for(const char *text)
{
    pil_query *query;
    pil_hits *hits;
    pil_error err = {0};
    const pil_search_options options = {.limit = 100000, .counts = true};
    pil_status status =
        pil_query_parse(text, strlen(text), NULL, search.analyser, &query, NULL, &err);
    if (status == PIL_BAD_QUERY)
        return NULL;
    cr_assert_eq(status, PIL_OK, "[%s]: %s", text, err.message);
    if (query->is_truncated) {
        pil_query_free(query);
        return NULL;
    }
    status = pil_search(&search.snapshot, query, search.analyser, &options, &hits, &err);
    cr_assert_eq(status, PIL_OK, "[%s]: %s", text, err.message);
    pil_query_free(query);
    return hits;
}

/* Every paragraph that should be found is, and no other. Returns how many there are. */
static size_t compare(const model_query *query, const char *text, uint64_t seed)
{
    bool is_found[N_ARTICLES][MAX_PARAGRAPHS] = {{false}};
    pil_hits *hits = search_for(text);
    if (hits == NULL)
        return 0;
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
            const model_paragraph paragraph = {.tokens = &articles[i].paragraphs[j],
                                               .text = articles[i].texts[j],
                                               .language = articles[i].languages[j],
                                               .article = i};
            bool expected = group_holds(query, 0, &paragraph);
            n_expected += expected;
            cr_assert_eq(is_found[i][j], expected, "seed %lu: [%s] %s f%zu, paragraph %zu (%s): %s",
                         (unsigned long)seed, text, expected ? "misses" : "finds", i, j + 1,
                         articles[i].languages[j], articles[i].texts[j]);
        }
    cr_assert_eq(n_hits, n_expected, "seed %lu: [%s] finds what is dead", (unsigned long)seed,
                 text);
    cr_assert_eq(hits->n_matches, n_expected, "seed %lu: [%s] counts others", (unsigned long)seed,
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
        static text_buffer text;
        model_query query = {.n_groups = 0};
        text.length = 0;
        (void)write_group(&random, &query, pil_random_once_in(&random, 2) ? LIST : AND, 0, &text);
        n_finding += compare(&query, text.bytes, seed) > 0;
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
