#include "base/buffer.h"
#include "search/match.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static pil_analyser *analyser;

static void make_analyser(void)
{
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
}

static void free_analyser(void)
{
    pil_analyser_free(analyser);
}

TestSuite(match, .init = make_analyser, .fini = free_analyser);

typedef struct question {
    pil_query *query;
    pil_matcher *matcher;
} question;

static question ask(const char *text)
{
    question asked = {0};
    pil_error err = {0};
    pil_status status =
        pil_query_parse(text, strlen(text), NULL, analyser, &asked.query, NULL, &err);
    cr_assert_eq(status, PIL_OK, "%s: %s", text, err.message);
    cr_assert_eq(pil_matcher_new(asked.query, analyser, &asked.matcher, NULL), PIL_OK);
    return asked;
}

static void dispose(question *asked)
{
    pil_matcher_free(asked->matcher);
    pil_query_free(asked->query);
}

static pil_match run(const question *asked, const char *language, const char *text)
{
    pil_match match = {0};
    bool is_accepted = false;
    size_t length = strlen(text);
    cr_assert_eq(pil_matcher_accepts(asked->matcher, language, text, length, &is_accepted, NULL),
                 PIL_OK);
    cr_assert_eq(pil_matcher_run(asked->matcher, language, text, length, &match, NULL), PIL_OK);
    cr_expect_eq(is_accepted, match.is_accepted, "both ways to match agree on [%s]", text);
    return match;
}

static bool accepts(const char *query, const char *language, const char *text)
{
    question asked = ask(query);
    bool is_accepted = run(&asked, language, text).is_accepted;
    dispose(&asked);
    return is_accepted;
}

static void add(pil_buffer *out, const char *bytes, size_t length)
{
    cr_assert_eq(pil_buffer_append(out, bytes, length), PIL_OK);
}

static void add_string(pil_buffer *out, const char *string)
{
    add(out, string, strlen(string));
}

/* The text with every range in brackets. The caller disposes of out. */
static void show(const pil_match *match, const char *text, pil_buffer *out)
{
    pil_buffer_init(out, SIZE_MAX / 2);
    size_t done = 0;
    for (size_t i = 0; i < match->n_ranges; i++) {
        const pil_match_range *range = &match->ranges[i];
        cr_assert(done <= range->begin && range->begin < range->end && range->end <= strlen(text));
        add(out, text + done, range->begin - done);
        add_string(out, "[");
        add(out, text + range->begin, range->end - range->begin);
        add_string(out, "]");
        done = range->end;
    }
    add_string(out, text + done);
}

typedef struct marking {
    const char *query, *text, *marked;
} marking;

static void expect_markings(const marking *cases, size_t n_cases)
{
    for (size_t i = 0; i < n_cases; i++) {
        pil_buffer got;
        question asked = ask(cases[i].query);
        pil_match match = run(&asked, "en", cases[i].text);
        show(&match, cases[i].text, &got);
        cr_expect_str_eq(got.bytes, cases[i].marked, "[%s] marked %s, not %s", cases[i].query,
                         got.bytes, cases[i].marked);
        pil_buffer_dispose(&got);
        dispose(&asked);
    }
}

#define EXPECT_MARKINGS(cases) expect_markings(cases, sizeof(cases) / sizeof *(cases))

Test(match, all_forms_of_a_compound_find_each_other)
{
    static const char *const forms[] = {"Euro-Atlantic", "EuroAtlantic", "Euro Atlantic",
                                        "euro-atlantic", "EURO-ATLANTIC"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        for (size_t j = 0; j < sizeof forms / sizeof *forms; j++) {
            char word[64], phrase[64], text[128];
            snprintf(word, sizeof word, "+%s", forms[i]);
            snprintf(phrase, sizeof phrase, "\"%s integration\"", forms[i]);
            snprintf(text, sizeof text, "Its %s integration goes on.", forms[j]);
            if (strchr(forms[i], ' ') == NULL)
                cr_expect(accepts(word, "en", text), "[%s] finds [%s]", word, text);
            cr_expect(accepts(phrase, "en", text), "[%s] finds [%s]", phrase, text);
        }
}

Test(match, a_word_written_as_one_finds_the_forms_with_parts)
{
    cr_expect(accepts("euroatlantic", "en", "the Euro-Atlantic area"));
    cr_expect(accepts("euroatlantic", "en", "the EuroAtlantic area"));
    cr_expect(accepts("Euro-Atlantic", "en", "the euroatlantic area"));
    cr_expect_not(accepts("euroatlantic", "en", "the Euro Atlantic area"));
}

Test(match, a_compound_needs_its_parts_together_and_in_order)
{
    cr_expect_not(accepts("Euro-Atlantic", "en", "The euro fell. The Atlantic rose."));
    cr_expect_not(accepts("Euro-Atlantic", "en", "Atlantic Euro"));
    cr_expect(accepts("Euro", "en", "Euro-Atlantic"));
    cr_expect(accepts("Atlantic", "en", "EuroAtlantic"));
}

static void add_alternative(question *asked, const char *text, const char *language)
{
    const pil_alternative alternative = {
        .text = text, .text_bytes = strlen(text), .weight = 1, .language = language};
    cr_assert_eq(pil_matcher_add_alternative(asked->matcher, 0, &alternative, NULL), PIL_OK);
}

Test(match, an_alternative_counts_in_its_language_only)
{
    question asked = ask("colour");
    add_alternative(&asked, "color", "en");
    cr_expect(run(&asked, "en", "color").is_accepted);
    cr_expect_not(run(&asked, "es", "color").is_accepted);
    cr_expect_str_eq(pil_matcher_alternative(asked.matcher, 0, 0)->text, "color");
    cr_expect_null(pil_matcher_alternative(asked.matcher, 0, 1));
    dispose(&asked);
}

Test(match, an_alternative_lets_split_words_be_found)
{
    question asked = ask("+euroatlantic area");
    const char *text = "the Euro Atlantic area, euroatlantic once";
    cr_expect(run(&asked, "en", text).is_accepted);
    pil_buffer got;
    add_alternative(&asked, "euro atlantic", NULL);
    pil_match match = run(&asked, "en", text);
    show(&match, text, &got);
    cr_expect_str_eq(got.bytes, "the [Euro] [Atlantic] [area], [euroatlantic] once");
    pil_buffer_dispose(&got);
    cr_expect(run(&asked, "en", "Euro Atlantic").is_accepted);
    cr_expect_not(run(&asked, "en", "Euro of the Atlantic area").is_accepted);

    const pil_reading *readings;
    size_t n_readings;
    cr_assert_eq(pil_matcher_readings(asked.matcher, "en", 0, &readings, &n_readings, NULL),
                 PIL_OK);
    cr_assert_eq(n_readings, 2);
    cr_expect_eq(readings[0].n_positions, 1);
    cr_expect_eq(readings[1].n_positions, 2);
    cr_expect_str_eq(readings[1].tokens[0].term, "euro");
    dispose(&asked);
}

Test(match, a_reading_that_has_no_word_matches_nothing)
{
    question asked = ask("peace");
    add_alternative(&asked, "...", NULL);
    const pil_reading *readings;
    size_t n_readings;
    cr_assert_eq(pil_matcher_readings(asked.matcher, "en", 0, &readings, &n_readings, NULL),
                 PIL_OK);
    cr_expect_eq(n_readings, 1);
    cr_expect_not(run(&asked, "en", "war ...").is_accepted);
    dispose(&asked);
}

Test(match, a_phrase_is_found_by_stems_and_over_punctuation)
{
    static const marking cases[] = {
        {"\"attack on all\"", "An attack on one is an attack on all.",
         "An attack on one is an [attack] [on] [all]."},
        {"\"attack on all\"", "Attacks on “all” of them", "[Attacks] [on] “[all]” of them"},
        {"\"collective defense\"", "collective, defense; collective\ndefense",
         "[collective], [defense]; [collective]\n[defense]"},
        {"\"on all\"", "all on on all on", "all on [on] [all] on"},
        {"\"a b a\"", "a b a b a x a b", "[a] [b] [a] [b] [a] x a b"},
        {"\"all\"", "All for all", "[All] for [all]"},
        {"\"attack on all\"", "attack on the all", "attack on the all"},
    };
    EXPECT_MARKINGS(cases);
}

Test(match, words_near_each_other_are_found_in_any_order)
{
    static const marking cases[] = {
        {"\"peace talks\"~0", "peace talks, talks peace", "[peace] [talks], [talks] [peace]"},
        {"\"peace talks\"~0", "talks of peace", "talks of peace"},
        {"peace NEAR/1 talks", "talks of peace; a lasting peace without talks",
         "[talks] of [peace]; a lasting [peace] without [talks]"},
        {"\"a b c\"~2", "c x a y b", "[c] x [a] y [b]"},
        {"\"a b c\"~1", "c x a y b", "c x a y b"},
        {"\"a b c\"~1", "a b x x c a x b", "a b x x [c] [a] x [b]"},
        {"\"a a b\"~3", "a x b", "a x b"},
        {"\"a a b\"~3", "a x b x a", "[a] x [b] x [a]"},
        {"\"attack all\"~9", "All attacks", "[All] [attacks]"},
        {"\"peace\"~3", "for peace", "for [peace]"},
    };
    EXPECT_MARKINGS(cases);
}

Test(match, a_compound_in_the_text_counts_as_one_word_between)
{
    static const marking cases[] = {
        {"\"a b\"~1", "a state-of-the-art b", "[a] state-of-the-art [b]"},
        {"\"a b\"~0", "a state-of-the-art b", "a state-of-the-art b"},
        {"\"euro area\"~0", "EuroAtlantic area", "[Euro]Atlantic [area]"},
        {"\"area euroatlantic\"~0", "Euro-Atlantic area", "[Euro-Atlantic] [area]"},
        {"\"Euro-Atlantic area\"~0", "area euroatlantic", "[area] [euroatlantic]"},
        {"\"Euro-Atlantic area\"~1", "the Atlantic area and euro",
         "the [Atlantic] [area] and [euro]"},
        {"\"Euro-Atlantic area\"~0", "the Atlantic area and euro", "the Atlantic area and euro"},
        {"\"Euro-Atlantic Euro-Atlantic\"~9", "Euro-Atlantic euro", "Euro-Atlantic euro"},
    };
    EXPECT_MARKINGS(cases);
}

Test(match, an_exact_word_is_found_only_as_it_is_written)
{
    static const marking cases[] = {
        {"=Nations", "Nations nations NATIONS Nation Nation’s",
         "[Nations] nations NATIONS Nation Nation’s"},
        {"=Kova\xC4\x8D"
         "evski",
         "Kovacevski Kova\xC4\x8D"
         "evski",
         "Kovacevski [Kova\xC4\x8D"
         "evski]"},
        {"=Euro-Atlantic", "Euro-Atlantic EuroAtlantic Euro Atlantic euro-atlantic",
         "[Euro-Atlantic] EuroAtlantic Euro Atlantic euro-atlantic"},
        {"=Atlantic", "Euro-Atlantic EuroAtlantic", "Euro-[Atlantic] EuroAtlantic"},
        {"=EuroAtlantic", "Euro-Atlantic EuroAtlantic", "Euro-Atlantic [EuroAtlantic]"},
        {"=\"The attack\"", "the attack. The, attack. The attacks",
         "the attack. [The], [attack]. The attacks"},
        {"=\"Euro-Atlantic area\"", "Euro Atlantic area, Euro-Atlantic area",
         "Euro Atlantic area, [Euro-Atlantic] [area]"},
        {"=U.N.", "U.N. UN U.N", "[U.N.] UN U.N"},
        {"=war War", "war War", "[war] [War]"},
        {"=\xFFwar", "war", "[war]"},
    };
    EXPECT_MARKINGS(cases);
}

Test(match, near_and_exact_clauses_exclude)
{
    cr_expect(accepts("peace -\"cold war\"~1", "en", "peace, war, a very cold one"));
    cr_expect_not(accepts("peace -\"cold war\"~1", "en", "peace, war so cold"));
    cr_expect(accepts("peace -=War", "en", "peace and war"));
    cr_expect_not(accepts("peace -=War", "en", "peace and War"));
}

Test(match, ranges_are_bytes_of_the_original_text)
{
    static const marking cases[] = {
        {"Kovacevski", "Премиерот Kovačevski и KOVAČEVSKI’s speech",
         "Премиерот [Kovačevski] и [KOVAČEVSKI’s] speech"},
        {"NATO", "€ NATO’s and NATO's", "€ [NATO’s] and [NATO's]"},
        {"defence", "“Defences” – defence", "“[Defences]” – [defence]"},
        {"Euro-Atlantic", "Euro-Atlantic EuroAtlantic Euro Atlantic",
         "[Euro-Atlantic] [EuroAtlantic] [Euro] [Atlantic]"},
        {"Euro", "Euro-Atlantic EuroAtlantic Euro Atlantic",
         "[Euro]-Atlantic [Euro]Atlantic [Euro] Atlantic"},
        {"Euro Euro-Atlantic", "Euro-Atlantic Euro Atlantic", "[Euro-Atlantic] [Euro] [Atlantic]"},
        {"peace", "", ""},
        {"peace", "\xFF peace\xFE", "\xFF [peace]\xFE"},
    };
    EXPECT_MARKINGS(cases);
}

Test(match, forms_of_a_word_find_each_other)
{
    static const char *const pairs[][2] = {{"Kovačevski", "Kovacevski"},
                                           {"U.N.", "UN"},
                                           {"NATO’s", "NATO"},
                                           {"defence", "defences"},
                                           {"DIALOGUE", "dialogue"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (size_t j = 0; j < 2; j++)
            cr_expect(accepts(pairs[i][j], "en", pairs[i][1 - j]), "%s finds %s", pairs[i][j],
                      pairs[i][1 - j]);
}

Test(match, exclusions_and_requirements_decide)
{
    static const struct {
        const char *query, *text;
        bool is_accepted;
    } cases[] = {
        {"war peace", "peace", true},
        {"war peace", "truce", false},
        {"+war peace", "war", true},
        {"+war peace", "peace", false},
        {"+war +peace", "peace and war", true},
        {"peace -war", "peace", true},
        {"peace -war", "war and peace", false},
        {"peace -war", "truce", false},
        {"peace -\"cold war\"", "peace after war", true},
        {"peace -\"cold war\"", "peace after a cold war", false},
        {"peace -Euro-Atlantic", "EuroAtlantic peace", false},
        {"+peace -war truce", "truce", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(accepts(cases[i].query, "en", cases[i].text), cases[i].is_accepted,
                     "[%s] on [%s]", cases[i].query, cases[i].text);
}

Test(match, what_is_missing_is_told_by_clause_number)
{
    question asked = ask("Kosovo dialogue -war \"peace process\" +talks");
    pil_match match = run(&asked, "en", "The dialogue and a war: talks about a process of peace");
    cr_assert_eq(match.n_missing, 2);
    cr_expect_eq(match.missing[0], 0);
    cr_expect_eq(match.missing[1], 3);
    cr_assert_eq(match.n_ranges, 2, "the excluded word is not marked");
    cr_expect_eq(match.ranges[0].word, 1);
    cr_expect_eq(match.ranges[1].word, 4);
    cr_expect_not(match.is_accepted);
    match = run(&asked, "en", "Kosovo dialogue, peace process, talks");
    cr_expect_eq(match.n_missing, 0);
    cr_expect(match.is_accepted);
    dispose(&asked);
}

Test(match, each_text_is_matched_in_its_own_language)
{
    question asked = ask("nations");
    cr_expect(run(&asked, "en", "one nation").is_accepted);
    cr_expect_not(run(&asked, "", "one nation").is_accepted);
    cr_expect(run(&asked, "", "Nations").is_accepted);
    cr_expect(run(&asked, "en", "one nation").is_accepted);
    dispose(&asked);
}

Test(match, more_languages_than_are_kept_still_match)
{
    question asked = ask("peace \"peace talks\"");
    for (int i = 0; i < 200; i++) {
        char language[16];
        snprintf(language, sizeof language, "x%d", i % 67);
        cr_expect_eq(run(&asked, language, "peace talks").n_missing, 0);
    }
    dispose(&asked);
}

/* ---- A second, naive way to the same answers ----
 *
 * Texts and queries are made of three syllables, alone or as compounds of two. The model writes
 * down every way to read a text or a clause as a list of atoms and compares lists. */

enum { MAX_ITEMS = 8, MAX_ATOMS = 2 * MAX_ITEMS };

typedef struct atom {
    char letters[16];
    size_t begin, end;
} atom;

typedef struct item {
    size_t begin, end;
    bool is_compound;
    size_t middle_end, middle_begin; /* where the first part ends and the second begins */
} item;

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state >> 4;
}

static void add_capitalised(pil_buffer *out, const char *word)
{
    char initial = (char)(word[0] - 'a' + 'A');
    add(out, &initial, 1);
    add_string(out, word + 1);
}

/* Adds a random item: tara, tara-lono, TaraLono or taralono. */
static void add_item(pil_buffer *out, uint32_t *random)
{
    static const char *const syllables[] = {"tara", "lono", "misu"};
    const char *first = syllables[next_random(random) % 3];
    const char *second = syllables[next_random(random) % 3];
    uint32_t form = next_random(random) % 6;
    if (form == 0) {
        add_capitalised(out, first);
        add_capitalised(out, second);
        return;
    }
    add_string(out, first);
    add_string(out, form == 1 ? "-" : "");
    add_string(out, form <= 2 ? second : "");
}

static void add_items(pil_buffer *out, size_t n_items, uint32_t *random)
{
    for (size_t i = 0; i < n_items; i++) {
        if (i > 0)
            add_string(out, next_random(random) % 4 == 0 ? ", " : " ");
        add_item(out, random);
    }
}

static size_t find_items(const char *text, item *items)
{
    size_t n = 0;
    for (size_t at = strspn(text, " ,"); text[at] != '\0'; at += strspn(text + at, " ,")) {
        item *found = &items[n++];
        *found = (item){.begin = at, .end = at + strcspn(text + at, " ,")};
        found->middle_end = found->middle_begin = at + 4;
        if (text[at + 4] == '-')
            found->middle_begin++;
        found->is_compound = found->end - at > 4 && (text[at + 4] == '-' || text[at] < 'a');
        at = found->end;
    }
    return n;
}

static void make_atom(const char *text, size_t begin, size_t end, atom *out)
{
    size_t n = 0;
    for (size_t i = begin; i < end; i++)
        if (text[i] != '-')
            out->letters[n++] = (char)(text[i] < 'a' ? text[i] - 'A' + 'a' : text[i]);
    out->letters[n] = '\0';
    out->begin = begin;
    out->end = end;
}

/* The atoms of text when compound i is split where bit i of choice is set. False when choice
 * splits what is no compound: then it is no way to read it. */
static bool read_atoms(const char *text, unsigned choice, atom *atoms, size_t *n_atoms)
{
    item items[MAX_ITEMS];
    size_t n_items = find_items(text, items);
    *n_atoms = 0;
    for (size_t i = 0; i < n_items; i++) {
        bool is_split = choice >> i & 1;
        if (is_split && !items[i].is_compound)
            return false;
        make_atom(text, items[i].begin, is_split ? items[i].middle_end : items[i].end,
                  &atoms[(*n_atoms)++]);
        if (is_split)
            make_atom(text, items[i].middle_begin, items[i].end, &atoms[(*n_atoms)++]);
    }
    return choice >> n_items == 0;
}

typedef struct naive {
    bool is_marked[256][256]; /* [begin][end] */
    uint32_t clause[256][256];
} naive;

/* Finds one list of atoms in another and marks where. */
static bool find_atoms(const atom *wanted, size_t n_wanted, const atom *atoms, size_t n_atoms,
                       naive *model, uint32_t clause)
{
    bool is_found = false;
    for (size_t i = 0; i + n_wanted <= n_atoms; i++) {
        size_t n = 0;
        while (n < n_wanted && strcmp(wanted[n].letters, atoms[i + n].letters) == 0)
            n++;
        if (n < n_wanted)
            continue;
        is_found = true;
        for (size_t j = i; j < i + n && model != NULL; j++) {
            if (!model->is_marked[atoms[j].begin][atoms[j].end])
                model->clause[atoms[j].begin][atoms[j].end] = clause;
            model->is_marked[atoms[j].begin][atoms[j].end] = true;
        }
    }
    return is_found;
}

static bool find_clause(const char *clause, const char *text, naive *model, uint32_t number)
{
    bool is_found = false;
    for (unsigned q = 0; q < 1u << MAX_ITEMS; q++) {
        atom wanted[MAX_ATOMS], atoms[MAX_ATOMS];
        size_t n_wanted, n_atoms;
        if (!read_atoms(clause, q, wanted, &n_wanted))
            continue;
        for (unsigned t = 0; t < 1u << MAX_ITEMS; t++)
            if (read_atoms(text, t, atoms, &n_atoms))
                is_found |= find_atoms(wanted, n_wanted, atoms, n_atoms, model, number);
    }
    return is_found;
}

/* The marks that no wider one covers. */
static size_t model_ranges(const naive *model, size_t length, pil_match_range *ranges)
{
    size_t n = 0, done = 0;
    for (size_t begin = 0; begin <= length; begin++)
        for (size_t end = length; end > begin && begin >= done; end--)
            if (model->is_marked[begin][end]) {
                bool goes_on = n > 0 && ranges[n - 1].end == begin &&
                               ranges[n - 1].word == model->clause[begin][end];
                if (goes_on)
                    ranges[n - 1].end = (uint32_t)end;
                else
                    ranges[n++] = (pil_match_range){.begin = (uint32_t)begin,
                                                    .end = (uint32_t)end,
                                                    .word = model->clause[begin][end]};
                done = end;
            }
    return n;
}

/* True when the text is accepted, by both. */
static bool expect_as_model(const question *asked, const char *query, const char *text,
                            naive *model)
{
    memset(model, 0, sizeof *model);
    pil_match match = run(asked, "", text);
    bool has_any = false, is_rejected = false, is_missing[MAX_ITEMS] = {false};
    const pil_query *tree = asked->query;
    for (size_t i = 0; i < tree->n_clauses; i++)
        if (tree->clauses[i].occur != PIL_OCCUR_MUST_NOT)
            find_clause(tree->clauses[i].text, text, model, (uint32_t)i);
    for (const pil_node *part = tree->root->parts; part != NULL; part = part->next) {
        bool excludes = part->occur == PIL_OCCUR_MUST_NOT;
        bool occurs = find_clause(tree->clauses[part->clause].text, text, NULL, 0);
        is_rejected |= excludes ? occurs : part->occur == PIL_OCCUR_MUST && !occurs;
        has_any |= occurs && !excludes;
        is_missing[part->clause] |= !occurs && !excludes;
    }
    size_t n_missing = 0;
    for (size_t i = 0; i < tree->n_clauses; i++)
        if (is_missing[i]) {
            cr_assert_lt(n_missing, match.n_missing, "[%s] on [%s]", query, text);
            cr_assert_eq(match.missing[n_missing++], i, "[%s] on [%s]", query, text);
        }
    cr_assert_eq(n_missing, match.n_missing, "[%s] on [%s]", query, text);
    cr_assert_eq(match.is_accepted, has_any && !is_rejected, "[%s] on [%s]", query, text);
    pil_match_range ranges[256];
    size_t n_ranges = model_ranges(model, strlen(text), ranges);
    cr_assert_eq(match.n_ranges, n_ranges, "[%s] on [%s]", query, text);
    for (size_t i = 0; i < n_ranges; i++)
        cr_assert(ranges[i].begin == match.ranges[i].begin &&
                      ranges[i].end == match.ranges[i].end &&
                      ranges[i].word == match.ranges[i].word,
                  "[%s] on [%s]: range %zu", query, text, i);
    return match.is_accepted;
}

static void add_clauses(pil_buffer *out, uint32_t *random)
{
    static const char *const signs[] = {"", "", "+", "-"};
    size_t n_clauses = 1 + next_random(random) % 3;
    for (size_t i = 0; i < n_clauses; i++) {
        add_string(out, i == 0 ? "" : " ");
        add_string(out, signs[next_random(random) % (i == 0 ? 3 : 4)]);
        bool is_phrase = next_random(random) % 2 == 0;
        add_string(out, is_phrase ? "\"" : "");
        add_items(out, is_phrase ? 1 + next_random(random) % 3 : 1, random);
        add_string(out, is_phrase ? "\"" : "");
    }
}

Test(match, random_queries_match_as_a_naive_model_says)
{
    uint32_t random = 20231122;
    size_t n_accepted = 0, n_runs = 0;
    naive *model = malloc(sizeof *model);
    cr_assert_not_null(model);
    pil_buffer query, text;
    pil_buffer_init(&query, SIZE_MAX / 2);
    pil_buffer_init(&text, SIZE_MAX / 2);
    for (int i = 0; i < 400; i++) {
        pil_buffer_clear(&query);
        add_clauses(&query, &random);
        question asked = ask(query.bytes);
        for (int j = 0; j < 5; j++) {
            pil_buffer_clear(&text);
            add_items(&text, next_random(&random) % (MAX_ITEMS + 1), &random);
            n_accepted += expect_as_model(&asked, query.bytes, text.bytes, model);
            n_runs++;
        }
        dispose(&asked);
    }
    cr_expect(n_accepted > n_runs / 5 && n_accepted < n_runs - n_runs / 5,
              "the random cases are one-sided: %zu of %zu", n_accepted, n_runs);
    pil_buffer_dispose(&query);
    pil_buffer_dispose(&text);
    free(model);
}

/* ---- Cost ---- */

/* before, n times unit, after: the caller frees it. */
static char *repeat(const char *before, const char *unit, size_t n, const char *after)
{
    pil_buffer text;
    pil_buffer_init(&text, SIZE_MAX / 2);
    add_string(&text, before);
    for (size_t i = 0; i < n; i++)
        add_string(&text, unit);
    add_string(&text, after);
    char *taken = pil_buffer_take(&text, NULL);
    cr_assert_not_null(taken);
    return taken;
}

/* Generous, since tests may run under sanitizers on a busy machine: trying every way through
 * these takes more than 2^60 steps. */
Test(match, repetitive_texts_and_lattices_stay_cheap)
{
    static const struct {
        const char *query_unit, *text_unit, *end;
    } cases[] = {{"a ", "a ", ""},
                 {"a ", "a ", "b"},
                 {"a-a ", "a-a ", "b"},
                 {"aA-aA ", "aA-aA ", "b"},
                 {"tara-tara ", "TaraTara ", "b"},
                 {"TaraTara ", "tara-tara ", "b"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *query = repeat("\"", cases[i].query_unit, 31, cases[i].end[0] == '\0' ? "\"" : "b\"");
        char *text = repeat("", cases[i].text_unit, 65536 / strlen(cases[i].text_unit), "");
        question asked = ask(query);
        clock_t begin = clock();
        bool is_accepted = run(&asked, "en", text).is_accepted;
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        cr_expect_eq(is_accepted, cases[i].end[0] == '\0');
        cr_expect_lt(seconds, 5.0, "%s took %.3f s", query, seconds);
        dispose(&asked);
        free(text);
        free(query);
    }
}

Test(match, words_near_each_other_stay_cheap_in_repetitive_texts)
{
    char *query = repeat("\"", "a b-b ", 31, "c\"~1000000");
    char *text = repeat("", "b a-b aA ", 65536 / 9, "");
    question asked = ask(query);
    clock_t begin = clock();
    bool is_accepted = run(&asked, "en", text).is_accepted;
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    cr_expect_not(is_accepted);
    cr_expect_lt(seconds, 1.0, "it took %.3f s", seconds);
    dispose(&asked);
    free(text);
    free(query);
}
