#include "text/analyser.h"

#include "base/buffer.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pil_analyser *analyser;

static void make_analyser(void)
{
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
}

static void free_analyser(void)
{
    pil_analyser_free(analyser);
}

TestSuite(analyser, .init = make_analyser, .fini = free_analyser);

typedef struct analysed {
    const char *text;
    const pil_token *tokens;
    size_t n_tokens;
} analysed;

static analysed analyse_bytes(const char *language, const char *text, size_t length)
{
    analysed result = {.text = text};
    pil_error err = {0};
    pil_status status =
        pil_analyser_run(analyser, language, text, length, &result.tokens, &result.n_tokens, &err);
    cr_assert_eq(status, PIL_OK, "%s", err.message);
    return result;
}

static analysed analyse(const char *language, const char *text)
{
    return analyse_bytes(language, text, strlen(text));
}

/* The terms as one string, like: 0+2=euroatlant 0:euro 1:atlant. The kind is ':' for a word, '='
 * for joined, '.' for a part. */
static void expect_tokens(const char *language, const char *text, const char *expected)
{
    analysed result = analyse(language, text);
    pil_buffer out;
    pil_buffer_init(&out, SIZE_MAX / 2);
    for (size_t i = 0; i < result.n_tokens; i++) {
        const pil_token *token = &result.tokens[i];
        char span[16] = "";
        if (token->n_positions > 1)
            snprintf(span, sizeof span, "+%u", token->n_positions);
        cr_assert_eq(pil_buffer_appendf(&out, "%s%u%s%c%s", i > 0 ? " " : "", token->position, span,
                                        ":=."[token->kind], token -> term),
                     PIL_OK);
    }
    cr_expect_str_eq(out.bytes, expected, "%s: %s instead of %s", text, out.bytes, expected);
    pil_buffer_dispose(&out);
}

/* The pieces of text that the tokens stand for, with | between. */
static void expect_ranges(const char *language, const char *text, size_t length,
                          const char *expected)
{
    analysed result = analyse_bytes(language, text, length);
    pil_buffer out;
    pil_buffer_init(&out, SIZE_MAX / 2);
    for (size_t i = 0; i < result.n_tokens; i++) {
        const pil_token *token = &result.tokens[i];
        cr_assert(token->begin_byte < token->end_byte && token->end_byte <= length);
        if (i > 0)
            cr_assert_eq(pil_buffer_append_byte(&out, '|'), PIL_OK);
        cr_assert_eq(
            pil_buffer_append(&out, text + token->begin_byte, token->end_byte - token->begin_byte),
            PIL_OK);
    }
    cr_expect_str_eq(out.bytes, expected, "%s instead of %s", out.bytes, expected);
    pil_buffer_dispose(&out);
}

/* True when some token of the one text has the term of some token of the other. */
static bool meet(const char *language, const char *one, const char *other)
{
    char terms[16][PIL_TERM_MAX_BYTES + 1];
    analysed first = analyse(language, one);
    size_t n_first = first.n_tokens;
    cr_assert(n_first <= 16);
    for (size_t i = 0; i < n_first; i++)
        memcpy(terms[i], first.tokens[i].term, first.tokens[i].term_bytes + 1);
    analysed second = analyse(language, other);
    for (size_t i = 0; i < n_first; i++)
        for (size_t j = 0; j < second.n_tokens; j++)
            if (strcmp(terms[i], second.tokens[j].term) == 0)
                return true;
    return false;
}

/* Rows of forms that find each other, NULL at the end of each. */
typedef struct meeting {
    const char *language;
    const char *forms[8];
} meeting;

static const meeting meetings[] = {
    {"en", {"NATO\xE2\x80\x99s", "NATO's", "NATO", "nato", "Nato\xCA\xBCs", "NATO\xE2\x80\x98S"}},
    {"en",
     {"Kova\xC4\x8D"
      "evski",
      "Kovacevski",
      "KOVA\xC4\x8C"
      "EVSKI",
      "Kovac\xCC\x8C"
      "evski"}},
    {"en", {"U.N.", "UN", "U.N", "un", "U.N.'s", "U.N.\xE2\x80\x99s"}},
    {"en", {"U.S.A.", "USA", "U.S.A"}},
    {"en", {"e.g.", "eg"}},
    {"en",
     {"Euro-Atlantic", "EuroAtlantic", "Euroatlantic",
      "Euro\xE2\x80\x90"
      "Atlantic",
      "Euro\xE2\x80\x91"
      "Atlantic",
      "Euro\xC2\xAD"
      "Atlantic",
      "euro-atlantic's"}},
    {"en", {"defence", "defences", "DEFENCE", "Defence's"}},
    {"en", {"allies'", "allies", "ally"}},
    {"en",
     {"O'Brien", "OBrien", "o'brien",
      "O\xE2\x80\x99"
      "BRIEN"}},
    {"en",
     {"Sana'a", "Sanaa",
      "Sana\xE2\x80\x99"
      "a",
      "\xE1\xB9\xA2"
      "an\xCA\xBF"
      "aa"}},
    {"en", {"d'Ivoire", "Ivoire", "D\xE2\x80\x99IVOIRE"}},
    {"en",
     {"Stra\xC3\x9F"
      "e",
      "Strasse", "STRASSE",
      "STRA\xE1\xBA\x9E"
      "E"}},
    {"en", {"\xEF\xBC\xAE\xEF\xBC\xA1\xEF\xBC\xB4\xEF\xBC\xAF", "NATO"}},
    {"en", {"Wa\xC5\x82\xC4\x99sa", "Walesa"}},
    {"sr",
     {"\xD0\x9F\xD1\x80\xD0\xB8\xD1\x88\xD1\x82\xD0\xB8\xD0\xBD\xD0\xB0", "Pri\xC5\xA1tina",
      "Pristina", "PRISTINA"}},
    {"sr",
     {"\xD0\x82\xD0\xB8\xD0\xBD\xD1\x92\xD0\xB8\xD1\x9B", "\xC4\x90in\xC4\x91i\xC4\x87", "Djindjic",
      "Dindic"}},
    {"sr", {"\xD0\x8A\xD0\xB5\xD0\xB3\xD0\xBE\xD1\x88", "Njego\xC5\xA1", "Njegos"}},
    {"sr",
     {"\xD0\x8F\xD0\xB5\xD0\xBC\xD0\xB0\xD0\xBB",
      "D\xC5\xBE"
      "emal",
      "Dzemal"}},
    {"sr",
     {"\xD0\x89\xD1\x83\xD0\xB1\xD0\xBB\xD1\x98\xD0\xB0\xD0\xBD\xD0\xB0", "Ljubljana",
      "\xC7\x88ubljana"}},
    {"hr", {"Tu\xC4\x91man", "Tudman", "Tudjman"}},
    {"tr", {"\xC4\xB0stanbul", "istanbul", "\xC4\xB0STANBUL", "Istanbul", "\xC4\xB1stanbul"}},
    {"tr", {"NATO'nun", "NATO", "NATO\xE2\x80\x99ya"}},
    {"fr",
     {"l\xE2\x80\x99"
      "Europe",
      "Europe", "d'Europe", "EUROPE"}},
    {"fr", {"\xC5\x93uvre", "oeuvre"}},
    {"fr", {"OTAN's", "OTAN", "l'OTAN", "OTAN\xE2\x80\xAF:"}},
    {"it", {"dell'Unione", "Unione", "unione"}},
    {"ca", {"col\xC2\xB7lecci\xC3\xB3", "colleccio"}},
    {"de", {"\xC3\x84nderungen", "anderung", "A\xCC\x88nderung"}},
    {"ru", {"\xD0\xB5\xD1\x89\xD1\x91", "\xD0\xB5\xD1\x89\xD0\xB5", "\xD0\x95\xD0\xA9\xD0\x81"}},
    {"ru",
     {"\xD0\xA0\xD0\xBE\xD1\x81\xD1\x81\xD0\xB8\xCC\x81\xD1\x8F",
      "\xD0\xA0\xD0\xBE\xD1\x81\xD1\x81\xD0\xB8\xD0\xB8"}},
    {"el",
     {"\xCE\xB1\xCF\x83\xCF\x86\xCE\xAC\xCE\xBB\xCE\xB5\xCE\xB9\xCE\xB1",
      "\xCE\x91\xCE\xA3\xCE\xA6\xCE\x91\xCE\x9B\xCE\x95\xCE\x99\xCE\x91"}},
    {"mk", {"преговорите", "преговори", "преговор"}},
    {"mk", {"гласањето", "гласање", "гласања"}},
    {"sq", {"zgjedhjeve", "zgjedhjet", "zgjedhje", "zgjedhja"}},
    {"sq", {"qeverisë", "qeveria", "qeveri", "qeverive"}},
    {"ja", {"ガ", "ｶﾞ", "ｶ\xEF\xBE\x9E"}},
    {"ko", {"한", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"}},
    {"vi", {"\xC4\x90\xC3\xA0 N\xE1\xBA\xB5ng", "da nang"}},
};

Test(analyser, each_form_of_a_word_finds_texts_with_any_of_the_others)
{
    for (size_t i = 0; i < sizeof meetings / sizeof meetings[0]; i++)
        for (size_t j = 0; j < 8 && meetings[i].forms[j] != NULL; j++)
            for (size_t k = 0; k < 8 && meetings[i].forms[k] != NULL; k++)
                cr_expect(meet(meetings[i].language, meetings[i].forms[j], meetings[i].forms[k]),
                          "%s: %s and %s", meetings[i].language, meetings[i].forms[j],
                          meetings[i].forms[k]);
}

Test(analyser, words_that_differ_do_not_meet)
{
    static const char *const pairs[][3] = {
        {"en", "we'll", "well"},
        {"en", "I'll", "ill"},
        {"en", "shell", "she'll"},
        {"en", "2020-2023", "20202023"},
        {"en", "555-1234", "5551234"},
        {"en", "3.5", "35"},
        {"en", "KFOR", "SFOR"},
        {"en", "Euro- Atlantic", "euroatlantic"},
        {"en", "deter-\nrence", "deterrence"},
        {"mk", "\xD0\xBC\xD0\xBE\xD0\xB9", "\xD0\xBC\xD0\xBE\xD0\xB8"}, /* short i */
        {"uk", "\xD1\x97\xD1\x97", "\xD1\x96\xD1\x96"},                 /* yi */
        {"mk", "\xD0\xBA\xD1\x83\xD1\x9C\xD0\xB0", "\xD0\xBA\xD1\x83\xD0\xBA\xD0\xB0"}, /* kje */
        {"mk", "\xD1\x93\xD0\xB0", "\xD0\xB3\xD0\xB0"},                                 /* gje */
        {"mk", "Skopje", "\xD0\xA1\xD0\xBA\xD0\xBE\xD0\xBF\xD1\x98\xD0\xB5"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        cr_expect_not(meet(pairs[i][0], pairs[i][1], pairs[i][2]), "%s: %s and %s", pairs[i][0],
                      pairs[i][1], pairs[i][2]);
}

/* Terms are stored in indexes: when one of these changes, PIL_ANALYSER_ID must. */
Test(analyser, terms_are_the_ones_that_indexes_hold)
{
    static const char *const golden[][3] = {
        {"en", "The Allies agreed on collective defence.",
         "0:the 1:alli 2:agre 3:on 4:collect 5:defenc"},
        {"en", "generously succeeded skies university don't",
         "0:generous 1:succeed 2:sky 3:univers 4:don't"},
        {"de",
         "Die Verhandlungen \xC3\xBC"
         "ber Sicherheitsma\xC3\x9Fnahmen",
         "0:die 1:verhandl 2:uber 3:sicherheitsmassnahm"},
        {"fr",
         "Les n\xC3\xA9gociations d\xE2\x80\x99"
         "adh\xC3\xA9sion \xC3\xA0 l'Union",
         "0:le 1:negoci 2:d 3:adhes 4:a 5:l 6:union"},
        {"ru",
         "\xD0\x9F\xD0\xB5\xD1\x80\xD0\xB5\xD0\xB3\xD0\xBE\xD0\xB2\xD0\xBE\xD1\x80\xD1\x8B "
         "\xD0\xBE \xD0\xB1\xD0\xB5\xD0\xB7\xD0\xBE\xD0\xBF\xD0\xB0\xD1\x81\xD0\xBD\xD0\xBE"
         "\xD1\x81\xD1\x82\xD0\xB8",
         "0:\xD0\xBF\xD0\xB5\xD1\x80\xD0\xB5\xD0\xB3\xD0\xBE\xD0\xB2\xD0\xBE\xD1\x80 1:\xD0\xBE "
         "2:\xD0\xB1\xD0\xB5\xD0\xB7\xD0\xBE\xD0\xBF\xD0\xB0\xD1\x81\xD0\xBD"},
        {"sr",
         "\xD0\x91\xD0\xB5\xD0\xB7\xD0\xB1\xD0\xB5\xD0\xB4\xD0\xBD\xD0\xBE\xD1\x81\xD1\x82 "
         "\xD0\xBD\xD0\xB0 \xD0\x9A\xD0\xBE\xD1\x81\xD0\xBE\xD0\xB2\xD1\x83",
         "0:bezbedn 1:na 2:kosov"},
        {"sr", "Bezbednost na Kosovu", "0:bezbedn 1:na 2:kosov"},
        {"mk",
         "\xD0\x91\xD0\xB5\xD0\xB7\xD0\xB1\xD0\xB5\xD0\xB4\xD0\xBD\xD0\xBE\xD1\x81\xD1\x82 "
         "\xD0\xB2\xD0\xBE \xD0\xA1\xD0\xBA\xD0\xBE\xD0\xBF\xD1\x98\xD0\xB5",
         "0:безбеднос 1:во 2:скопј"},
    };
    for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++)
        expect_tokens(golden[i][0], golden[i][1], golden[i][2]);
}

/* Words wait in groups to be looked up; where a group ends must make no difference. */
Test(analyser, a_chain_is_joined_by_its_length_and_not_by_its_place)
{
    char text[1024];
    for (size_t n_before = 0; n_before < 40; n_before++) {
        for (size_t n_chain = 1; n_chain < 80; n_chain++) {
            size_t length = 0, n_joined = 0, n_words = 0;
            for (size_t i = 0; i < n_before + n_chain; i++)
                length += (size_t)snprintf(text + length, sizeof text - length, "w%zu%s", i % 7,
                                           i < n_before ? " " : "-");
            snprintf(text + length, sizeof text - length, " end");
            analysed result = analyse("en", text);
            for (size_t i = 0; i < result.n_tokens; i++) {
                n_joined += result.tokens[i].kind == PIL_TOKEN_JOINED;
                n_words += result.tokens[i].kind == PIL_TOKEN_WORD;
            }
            cr_assert_eq(n_joined, n_chain >= 2 && n_chain <= 4, "%s", text);
            cr_assert_eq(n_words, n_before + n_chain + 1, "%s", text);
            cr_assert_eq(result.tokens[result.n_tokens - 1].position, n_before + n_chain);
        }
    }
}

/* Words are compared in pieces of eight bytes: all lengths, and a difference in each byte. */
Test(analyser, words_that_differ_in_one_byte_are_different)
{
    for (size_t length = 1; length <= 40; length++) {
        for (size_t at = 0; at < length; at++) {
            char text[96];
            memset(text, 'b', sizeof text);
            text[length] = ' ';
            text[length + 1 + at] = 'c';
            analysed result = analyse_bytes("", text, 2 * length + 1);
            cr_assert_eq(result.n_tokens, 2);
            cr_expect_neq(result.tokens[0].form_number, result.tokens[1].form_number,
                          "%zu bytes, byte %zu", length, at);
            text[length + 1 + at] = 'b';
            result = analyse_bytes("", text, 2 * length + 1);
            cr_expect_eq(result.tokens[0].form_number, result.tokens[1].form_number);
        }
    }
}

/* A word at the end of the text may not be read beyond it. */
Test(analyser, nothing_behind_the_text_is_read)
{
    for (size_t length = 1; length <= 20; length++) {
        char *text = malloc(length);
        cr_assert_not_null(text);
        memset(text, 'a', length);
        analysed result = analyse_bytes("en", text, length);
        cr_expect_eq(result.n_tokens, 1);
        free(text);
    }
}

Test(analyser, hyphenated_words_are_read_joined_and_split)
{
    expect_tokens("en", "the Euro-Atlantic area", "0:the 1+2=euroatlant 1:euro 2:atlant 3:area");
    expect_tokens("en", "state-of-the-art", "0+4=stateoftheart 0:state 1:of 2:the 3:art");
    expect_tokens("en", "COVID-19", "0+2=covid19 0:covid 1:19");
    expect_tokens("en", "U.S.-led", "0+2=usl 0:us 1:led");
    expect_tokens("en", "a-b-c-d-e-f-g x-y", "0:a 1:b 2:c 3:d 4:e 5:f 6:g 7+2=xy 7:x 8:y");
    expect_tokens("en", "2020-2023", "0:2020 1:2023");
    expect_tokens("en", "a--b c -d e- f", "0:a 1:b 2:c 3:d 4:e 5:f");
    expect_tokens("en", "Kosovo\xE2\x80\x93Serbia", "0:kosovo 1:serbia");
    expect_tokens("fr", "l'Asie-Pacifique", "0:l 1+2=asiepacif 1:asi 2:pacif");
}

Test(analyser, words_with_inner_capitals_have_parts)
{
    expect_tokens("en", "x EuroAtlantic y", "0:x 1+2:euroatlant 1.euro 2.atlant 3:y");
    expect_tokens("en", "EuroAtlantic's", "0+2:euroatlant 0.euro 1.atlant");
    expect_tokens("en", "NordRhein-Westfalen",
                  "0+3=nordrheinwestfalen 0+2:nordrhein 0.nord 1.rhein 2:westfalen");
    expect_tokens("en", "PfP McDonald NATOs iPhone KFOR LinkedIn eBay",
                  "0:pfp 1:mcdonald 2:nato 3:iphon 4:kfor 5:linkedin 6:ebay");
    expect_tokens("en", "OneTwoThreeFourFive", "0:onetwothreefourf");
}

Test(analyser, an_apostrophe_in_a_name_links_two_words)
{
    expect_tokens("en", "Cote d'Ivoire", "0:cote 1+2=divoir 1:d 2:ivoir");
    expect_tokens("en", "O'Brien-Smith", "0+3=obriensmith 0:o 1:brien 2:smith");
    expect_tokens("en", "I'm I'LL it's rock'n'roll", "0:i'm 1:i'll 2:it 3:rocknrol");
}

Test(analyser, full_stops_make_acronyms_or_part_words)
{
    expect_tokens("en", "U.S.Government", "0:us 1:govern");
    expect_tokens("en", "in the U.N.The end.Begin", "0:in 1:the 2:un 3:the 4:end 5:begin");
    expect_tokens("en", "1,000 3.5 v1.2.3", "0:1,000 1:3.5 2:v1.2.3");
    expect_tokens("en", "www.nato.int", "0:www 1:nato 2:int");
}

Test(analyser, signs_that_connect_identifiers_part_words)
{
    expect_tokens("en", "@NATO press@nato.int file_name _Kosovo_ __",
                  "0:nato 1:press 2:nato 3:int 4:file 5:name 6:kosovo");
    expect_tokens("fr",
                  "10\xE2\x80\xAF"
                  "000 OTAN\xE2\x80\xAF!",
                  "0:10000 1:otan");
}

Test(analyser, ranges_point_into_the_original_bytes)
{
    static const struct {
        const char *language, *text, *ranges;
    } cases[] = {
        {"en", "NATO\xE2\x80\x99s (U.N.) e.g.,", "NATO\xE2\x80\x99s|U.N.|e.g."},
        {"en", "the U.N.'s role", "the|U.N.'s|role"},
        {"en", "allies' Euro-Atlantic EuroAtlantic",
         "allies|Euro-Atlantic|Euro|Atlantic|EuroAtlantic|Euro|Atlantic"},
        {"tr", "\xC4\xB0stanbul'da \xC4\xB1rmak", "\xC4\xB0stanbul'da|\xC4\xB1rmak"},
        {"de",
         "Gro\xC3\x9F"
         "e Stra\xE1\xBA\x9E"
         "E",
         "Gro\xC3\x9F"
         "e|Stra\xE1\xBA\x9E"
         "E"},
        {"en",
         "\xFF"
         "abc\xC3 d\x80"
         "e\xE2\x80",
         "abc|d|e"},
        {"en", "\xED\xA0\x80word\xED\xA0\x80 \xC4\x8D\xFF", "word|\xC4\x8D"},
        {"fr",
         "l\xE2\x80\x99"
         "Europe",
         "l|Europe"},
        {"en", "\xEF\xAC\x81sh", "\xEF\xAC\x81sh"}, /* a ligature */
        {"zh", "中华人民", "中|华|人|民"},
        {"ja", "東京のスカイツリー増え", "東|京|の|ス|カ|イ|ツ|リ|ー|増|え"},
        {"ko", "정부는 2023년", "정|부|는|2023|년"},
        {"th", "สันติภาพ", "สันติภาพ"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_ranges(cases[i].language, cases[i].text, strlen(cases[i].text), cases[i].ranges);
    expect_ranges("en", "a\0b", 3, "a|b");
}

Test(analyser, a_text_without_words_has_no_tokens)
{
    static const char *const texts[] = {"",   " ", "--- ... !?", "\xFF\xFE", "\xF0\x9F\x98\x80",
                                        "_'_"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_tokens("en", texts[i], "");
    /* A letter that folding leaves nothing of: the Hangul filler. */
    expect_tokens("en", "a \xE3\x85\xA4 b \xE3\x85\xA4-c", "0:a 1:b 2:c");
}

/* NFKC writes this one character as eighteen, with spaces. */
Test(analyser, a_character_that_folds_to_many_is_one_word)
{
    analysed result = analyse("ar", "\xEF\xB7\xBA");
    cr_assert_eq(result.n_tokens, 1);
    cr_expect_eq(result.tokens[0].end_byte, 3);
    cr_expect_null(strchr(result.tokens[0].form, ' '));
    cr_expect_gt(result.tokens[0].form_bytes, 20);
}

Test(analyser, long_words_meet_and_have_short_terms)
{
    static const size_t lengths[] = {64, 65, 100, 256, 257, 300, 5000, 10u << 20};
    char *text = malloc(10u << 20);
    cr_assert_not_null(text);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char term[PIL_TERM_MAX_BYTES + 1];
        memset(text, 'z', lengths[i]);
        text[0] = 'Q';
        analysed first = analyse_bytes("en", text, lengths[i]);
        cr_assert_eq(first.n_tokens, 1);
        cr_expect_eq(first.tokens[0].end_byte, lengths[i]);
        cr_assert(first.tokens[0].term_bytes <= PIL_TERM_MAX_BYTES);
        cr_assert(first.tokens[0].form_bytes <= PIL_TERM_MAX_BYTES);
        cr_expect_eq(strchr(first.tokens[0].form, '#') != NULL, lengths[i] > PIL_TERM_MAX_BYTES);
        memcpy(term, first.tokens[0].term, first.tokens[0].term_bytes + 1);
        analysed again = analyse_bytes("en", text, lengths[i]);
        cr_assert_eq(again.n_tokens, 1);
        cr_expect_str_eq(again.tokens[0].term, term);
        text[lengths[i] - 1] = 'y';
        analysed other = analyse_bytes("en", text, lengths[i]);
        cr_expect_str_neq(other.tokens[0].term, term, "%zu bytes", lengths[i]);
    }
    free(text);
}

/* Words of two-byte letters and hyphens, in which a cut term must not end within a character. */
Test(analyser, cut_terms_are_whole_characters)
{
    char text[600];
    for (size_t begin = 0; begin < 2; begin++) {
        memset(text, 'x', begin);
        for (size_t i = begin; i + 1 < sizeof text; i += 2)
            memcpy(text + i, "\xD0\xB6", 2);
        for (size_t length = 60 + begin; length < sizeof text; length += 2) {
            analysed result = analyse_bytes("ru", text, length);
            cr_assert_eq(result.n_tokens, 1);
            const char *hash = strchr(result.tokens[0].form, '#');
            if (hash != NULL)
                cr_assert_eq((unsigned char)hash[-1], 0xB6, "%zu bytes", length);
        }
    }
}

Test(analyser, the_tokens_of_megabytes_are_made_in_linear_time)
{
    size_t length = 4u << 20;
    char *text = malloc(length);
    cr_assert_not_null(text);
    static const char *const patterns[] = {"a.",         "a.bb.",  "a'B",          "x-",
                                           "a\xCC\x81'", "U.N.'s", "\xE4\xB8\xAD", "a_",
                                           "AbcAbc",     "\xFF",   "l'E\xCC\x81"};
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        size_t step = strlen(patterns[i]);
        for (size_t at = 0; at < length; at++)
            text[at] = patterns[i][at % step];
        analysed result = analyse_bytes(i % 2 == 0 ? "en" : "fr", text, length);
        for (size_t j = 1; j < result.n_tokens; j++)
            if (result.tokens[j].position < result.tokens[j - 1].position)
                cr_assert_fail("%s: token %zu out of order", patterns[i], j);
    }
    free(text);
}

Test(analyser, a_vocabulary_past_its_bound_is_begun_anew_between_texts)
{
    pil_buffer text;
    pil_buffer_init(&text, SIZE_MAX / 2);
    unsigned next = 0;
    for (int round = 0; round < 12; round++) {
        pil_buffer_clear(&text);
        for (int i = 0; i < 40000; i++)
            cr_assert_eq(pil_buffer_appendf(&text, "word%xq ", next++), PIL_OK);
        analysed result = analyse_bytes("en", text.bytes, text.length);
        cr_assert_eq(result.n_tokens, 40000);
        for (size_t i = 0; i < result.n_tokens; i++) {
            const pil_token *token = &result.tokens[i];
            cr_assert_eq(memcmp(token->form, text.bytes + token->begin_byte, token->form_bytes), 0);
        }
    }
    pil_buffer_dispose(&text);
}

Test(analyser, each_language_stems_in_its_own_way)
{
    expect_tokens("en", "nation", "0:nation");
    expect_tokens("en", "nationen", "0:nationen");
    expect_tokens("de", "nationen", "0:nation");
    expect_tokens("", "nationen", "0:nationen");
    expect_tokens("xx", "nationen", "0:nationen");
    expect_tokens("English", "defences", "0:defenc");
    expect_tokens("a name of no language that is far too long to be one", "defences", "0:defences");
}

Test(analyser, every_listed_language_has_a_working_stemmer)
{
    size_t n = 0;
    for (const char *const *code = pil_analyser_languages(); *code != NULL; code++, n++) {
        char normalised[PIL_LANGUAGE_MAX];
        cr_expect(pil_analyser_has_stemmer(*code), "%s", *code);
        cr_expect(pil_language_normalise(*code, normalised), "%s", *code);
        cr_expect_str_eq(normalised, *code);
        expect_tokens(*code, "7", "0:7");
        if (n > 0)
            cr_expect_lt(strcmp(code[-1], *code), 0, "%s is out of order", *code);
    }
    cr_expect_geq(n, 28);
    cr_expect_not(pil_analyser_has_stemmer(""));
    cr_expect_not(pil_analyser_has_stemmer("bg"));
    cr_expect_not(pil_analyser_has_stemmer("porter"));
    cr_expect(pil_analyser_has_stemmer("eng"));
    cr_expect(pil_analyser_has_stemmer("French"));
}

/* More languages than are kept, each after each. */
Test(analyser, any_number_of_languages_can_follow_one_another)
{
    for (char a = 'a'; a <= 'z'; a++)
        for (char b = 'a'; b <= 'z'; b++) {
            char code[] = {a, b, '\0'};
            cr_expect_eq(analyse(code, "defences U.N.").n_tokens, 2, "%s", code);
        }
}

Test(analyser, languages_are_known_by_code_tag_and_name)
{
    static const char *const cases[][2] = {
        {"en", "en"},
        {"EN", "en"},
        {"eng", "en"},
        {"English", "en"},
        {" english ", "en"},
        {"en-GB", "en"},
        {"en_US.UTF-8", "en"},
        {"sr-Latn", "sr"},
        {"sr-Cyrl-RS", "sr"},
        {"srp", "sr"},
        {"Serbian", "sr"},
        {"zh-Hant-TW", "zh"},
        {"deu", "de"},
        {"ger", "de"},
        {"German", "de"},
        {"alb", "sq"},
        {"sqi", "sq"},
        {"Albanian", "sq"},
        {"Macedonian", "mk"},
        {"mac", "mk"},
        {"mkd", "mk"},
        {"cnr", "cnr"},
        {"Montenegrin", "cnr"},
        {"nb", "nb"},
        {"Norwegian", "no"},
        {"iw", "he"},
        {"sh", "sh"},
        {"hbs", "sh"},
        {"Croatian", "hr"},
        {"Bosnian", "bs"},
        {"i", ""},
        {"", ""},
        {"xx", ""},
        {"und", ""},
        {"mul", ""},
        {"zxx", ""},
        {"C", ""},
        {"C.UTF-8", ""},
        {"POSIX", ""},
        {"martian", ""},
        {"en GB", ""},
        {"\xFF\xFE", ""},
        {"root", ""},
        {"x-en", ""},
        {"12", ""},
        {"../../etc", ""},
        {"  ", ""},
        {"porter", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char code[PIL_LANGUAGE_MAX] = "?";
        bool is_known = pil_language_normalise(cases[i][0], code);
        cr_expect_str_eq(code, cases[i][1], "%s: %s instead of %s", cases[i][0], code, cases[i][1]);
        cr_expect_eq(is_known, cases[i][1][0] != '\0', "%s", cases[i][0]);
    }
    char code[PIL_LANGUAGE_MAX];
    char *huge = calloc(1, 100001);
    cr_assert_not_null(huge);
    memset(huge, 'e', 100000);
    cr_expect_not(pil_language_normalise(huge, code));
    free(huge);
}

Test(analyser, versions_name_the_libraries_and_stay_the_same)
{
    const char *versions = pil_analyser_library_versions(analyser);
    cr_assert_not_null(versions);
    cr_expect(strncmp(versions, "ICU ", 4) == 0, "%s", versions);
    cr_expect_not_null(strstr(versions, ", Unicode "));
    cr_expect_not_null(strstr(versions, ", libstemmer "));
    pil_analyser *other = NULL;
    cr_assert_eq(pil_analyser_new(&other, NULL), PIL_OK);
    cr_expect_str_eq(pil_analyser_library_versions(other), versions);
    pil_analyser_free(other);
}

Test(analyser, freeing_nothing_is_fine)
{
    pil_analyser_free(NULL);
}
