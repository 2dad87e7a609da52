#include "lib/text/boundary.h"

#include "base/utf8.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pil_boundary *boundary, *oracle;

static void make_boundaries(void)
{
    cr_assert_eq(pil_boundary_new(&boundary, NULL), PIL_OK);
    cr_assert_eq(pil_boundary_new(&oracle, NULL), PIL_OK);
}

static void free_boundaries(void)
{
    pil_boundary_free(boundary);
    pil_boundary_free(oracle);
}

TestSuite(boundary, .init = make_boundaries, .fini = free_boundaries);

/* What words are made of, and what may stand between and inside them. */
static const char *const pieces[] = {
    "a",
    "Z",
    "b",
    "7",
    "0",
    "'",
    "\xE2\x80\x99",
    "\xE2\x80\x98",
    "\xCA\xBC",
    ".",
    ",",
    ";",
    ":",
    "-",
    "_",
    "@",
    "\"",
    "#",
    "/",
    "(",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\v",
    "\f",
    "\x01",
    "\xC3\xA9",         /* e with acute */
    "\xC4\xB1",         /* dotless i */
    "\xD0\x99",         /* Cyrillic short I */
    "\xCF\x89",         /* omega */
    "\xC2\xB2",         /* superscript two */
    "\xC2\xAA",         /* feminine ordinal */
    "\xC2\xB7",         /* middle dot */
    "\xC2\xA0",         /* no-break space */
    "\xC2\xAD",         /* soft hyphen */
    "\xC2\x85",         /* next line */
    "\xCC\x81",         /* combining acute */
    "\xD2\x88",         /* Cyrillic enclosing mark */
    "\xCD\xBE",         /* Greek question mark */
    "\xD7\x90",         /* alef */
    "\xD7\xB4",         /* gershayim */
    "\xD8\xA7",         /* Arabic alef */
    "\xD9\xA3",         /* Arabic three */
    "\xD9\xAC",         /* Arabic thousands separator */
    "\xE2\x80\x8D",     /* zero width joiner */
    "\xE2\x80\x8B",     /* zero width space */
    "\xE2\x80\xAF",     /* narrow no-break space */
    "\xE2\x80\x83",     /* em space */
    "\xE2\x80\xA4",     /* one dot leader */
    "\xE2\x80\xA7",     /* hyphenation point */
    "\xE2\x80\x90",     /* hyphen */
    "\xE2\x80\x94",     /* em dash */
    "\xE2\x80\xA8",     /* line separator */
    "\xE2\x81\x80",     /* character tie */
    "\xE2\x82\xAC",     /* euro sign */
    "\xE1\xBA\xB5",     /* a with breve and tilde */
    "\xE1\xBE\xBD",     /* Greek koronis */
    "\xE2\x81\xBF",     /* superscript n */
    "\xE2\x93\x82",     /* circled M: a letter and a pictograph */
    "\xE3\x80\x80",     /* ideographic space */
    "\xE3\x82\xAB",     /* katakana */
    "\xE3\x81\xB2",     /* hiragana */
    "\xE4\xB8\xAD",     /* Han */
    "\xE5\x9B\xBD",     /* Han */
    "\xE0\xB8\x81",     /* Thai */
    "\xE0\xB8\xB2",     /* Thai vowel */
    "\xEF\xBC\x87",     /* fullwidth apostrophe */
    "\xF0\x9F\x87\xA6", /* regional indicator */
    "\xF0\x9F\x91\x8D", /* emoji */
    "\xF0\x9D\x90\x80", /* mathematical A */
    "\xFF",
    "\xC3",
    "\x80",
    "\xE2\x80",
    "\xED\xA0\x80",
    "\xC0\xAF",
    "\xF5",
};

static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)((random_state >> 11) % n);
}

/* Each text draws from a few pieces only, so that rare neighbours meet. */
static size_t random_text(char *text, size_t size)
{
    enum { N_PIECES = sizeof pieces / sizeof pieces[0] };
    uint32_t drawn[6];
    uint32_t n_drawn = 2 + random_below(5);
    uint32_t n_pieces = random_below(2) == 0 ? 36 : N_PIECES;
    for (uint32_t i = 0; i < n_drawn; i++)
        drawn[i] = random_below(n_pieces);
    size_t length = 0;
    for (uint32_t n = random_below(24); n > 0; n--) {
        const char *piece =
            pieces[random_below(4) == 0 ? random_below(n_pieces) : drawn[random_below(n_drawn)]];
        if (length + strlen(piece) > size)
            break;
        memcpy(text + length, piece, strlen(piece));
        length += strlen(piece);
    }
    return length;
}

static void dump(const char *text, size_t length, char *out)
{
    for (size_t i = 0; i < length; i++)
        snprintf(out + 3 * i, 4, "%02X ", (unsigned char)text[i]);
    out[3 * length] = '\0';
}

static void expect_same_words(const char *text, size_t length)
{
    char bytes[1024];
    dump(text, length, bytes);
    pil_boundary_start(boundary, text, length, false);
    pil_boundary_start(oracle, text, length, true);
    pil_status status;
    do {
        pil_boundary_word ours = {0}, theirs = {0};
        status = pil_boundary_next(boundary, &ours, NULL);
        cr_assert_eq(pil_boundary_next(oracle, &theirs, NULL), status, "%s", bytes);
        cr_assert_eq(ours.begin_byte, theirs.begin_byte, "%s: begins at %zu instead of %zu", bytes,
                     ours.begin_byte, theirs.begin_byte);
        cr_assert_eq(ours.end_byte, theirs.end_byte, "%s: ends at %zu instead of %zu", bytes,
                     ours.end_byte, theirs.end_byte);
    } while (status == PIL_OK);
    cr_assert_eq(status, PIL_DONE, "%s", bytes);
}

Test(boundary, the_fast_path_finds_the_words_that_icu_finds)
{
    char text[256];
    random_state = 0x9E3779B97F4A7C15u;
    for (int i = 0; i < 300000; i++)
        expect_same_words(text, random_text(text, sizeof text));
}

Test(boundary, every_pair_and_triple_of_common_characters_is_treated_as_icu_does)
{
    char text[16];
    for (size_t i = 0; i < 36; i++)
        for (size_t j = 0; j < 36; j++)
            for (size_t k = 0; k < 36; k++) {
                int length =
                    snprintf(text, sizeof text, "a%s%s%s1", pieces[i], pieces[j], pieces[k]);
                expect_same_words(text, (size_t)length);
            }
}

Test(boundary, every_character_below_3000_is_treated_as_icu_does_between_letters_and_digits)
{
    for (uint32_t c = 1; c < 0x3000; c++) {
        char text[64];
        char character[5] = "";
        character[pil_utf8_encode(c, character)] = '\0';
        int length = snprintf(text, sizeof text, "a%sb 1%s2 %s a%s%sb", character, character,
                              character, character, character);
        expect_same_words(text, (size_t)length);
    }
}

static size_t count_words(const char *text, size_t length)
{
    pil_boundary_word word;
    pil_status status;
    size_t n = 0;
    pil_boundary_start(boundary, text, length, false);
    while ((status = pil_boundary_next(boundary, &word, NULL)) == PIL_OK)
        n++;
    cr_assert_eq(status, PIL_DONE);
    return n;
}

Test(boundary, only_stretches_with_a_letter_or_number_are_words)
{
    static const char text[] = "-- ___ ... \xE2\x80\x94 \xF0\x9F\x91\x8D a 1 \xC2\xBD \xFF '";
    cr_expect_eq(count_words(text, sizeof text - 1), 3);
    cr_expect_eq(count_words("", 0), 0);
    cr_expect_eq(count_words(" \t\n", 3), 0);
}

Test(boundary, chinese_is_cut_by_the_dictionary)
{
    static const char text[] = "\xE4\xB8\xAD\xE5\x8D\x8E\xE4\xBA\xBA\xE6\xB0\x91";
    cr_expect_eq(count_words(text, sizeof text - 1), 2);
}

Test(boundary, a_word_is_plain_only_when_there_is_nothing_to_split_in_it)
{
    static const struct {
        const char *text;
        bool is_plain;
    } cases[] = {
        {"NATO", true},
        {"B92", true},
        {"\xD0\x9A\xD0\xBE", true},
        {"don't", false},
        {"1,000", false},
        {"a_b", false},
        {"U.N", false},
        {"\xCA\xBC"
         "a",
         false},
        {"a@b", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_boundary_word word = {0};
        pil_boundary_start(boundary, cases[i].text, strlen(cases[i].text), false);
        cr_assert_eq(pil_boundary_next(boundary, &word, NULL), PIL_OK);
        cr_expect_eq(word.is_plain, cases[i].is_plain, "%s", cases[i].text);
        cr_expect_eq(word.end_byte, strlen(cases[i].text), "%s", cases[i].text);
    }
}

Test(boundary, a_stretch_of_megabytes_takes_no_more_than_its_share_of_time)
{
    size_t length = 3u << 20;
    char *text = malloc(length);
    cr_assert_not_null(text);
    memset(text, 'x', length);
    cr_expect_eq(count_words(text, length), 1);
    for (size_t i = 0; i + 1 < length; i += 2)
        memcpy(text + i, "\xCC\x81", 2);
    cr_expect_eq(count_words(text, length), 0);
    for (size_t i = 0; i < length; i++)
        text[i] = i % 2 == 0 ? 'x' : '\xFF';
    cr_expect_eq(count_words(text, length), length / 2);
    free(text);
}
