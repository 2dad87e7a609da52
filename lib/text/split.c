#include "split.h"

#include "base/utf8.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

typedef enum mark {
    MARK_NONE,
    MARK_APOSTROPHE,
    MARK_STOP,
    MARK_CONNECTOR,   /* never part of a word: _ @ */
    MARK_NARROW_SPACE /* U+202F, which UAX #29 takes for a connector: it groups digits */
} mark;

static mark mark_of(UChar32 c)
{
    switch (c) {
    case '\'':
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0xFF07:
        return MARK_APOSTROPHE;
    case '.':
    case 0x2024:
    case 0xFE52:
    case 0xFF0E:
        return MARK_STOP;
    case '@':
        return MARK_CONNECTOR;
    case 0x202F:
        return MARK_NARROW_SPACE;
    default:
        if (c != '_' && c < 0x80)
            return MARK_NONE;
        return u_getIntPropertyValue(c, UCHAR_WORD_BREAK) == U_WB_EXTENDNUMLET ? MARK_CONNECTOR
                                                                               : MARK_NONE;
    }
}

static bool begins_with(const char *text, size_t length, const char *prefix, size_t prefix_length)
{
    return length >= prefix_length && memcmp(text, prefix, prefix_length) == 0;
}

size_t pil_split_apostrophe(const char *text, size_t length)
{
    if (length == 0)
        return 0;
    size_t at = 0;
    UChar32 c = (UChar32)pil_utf8_next(text, length, &at, NULL);
    return mark_of(c) == MARK_APOSTROPHE ? at : 0;
}

size_t pil_split_hyphen(const char *text, size_t length)
{
    if (begins_with(text, length, "-", 1))
        return 1;
    if (begins_with(text, length, "\xE2\x80\x90", 3) ||
        begins_with(text, length, "\xE2\x80\x91", 3))
        return 3;
    return 0;
}

static bool is_mark(UChar32 c)
{
    return (U_GET_GC_MASK(c) & (U_GC_M_MASK | U_GC_CF_MASK)) != 0;
}

/* Characters that are words by themselves: where no spaces part the words, dictionaries do not
 * agree on them, and an ending may hang on any. What belongs together is told by what stands
 * together. */
static bool stands_alone(UChar32 c)
{
    if (c < 0x1100)
        return false;
    UErrorCode code = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &code);
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
           script == USCRIPT_HANGUL;
}

/* The rest of a syllable whose letters, or voicing marks of half the width, are written one by one.
 */
static bool goes_on(UChar32 c)
{
    int32_t type = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
    return is_mark(c) || c == 0xFF9E || c == 0xFF9F || type == U_HST_VOWEL_JAMO ||
           type == U_HST_TRAILING_JAMO;
}

/* The end of the character that stands alone at text[at]. */
static size_t end_of_character(const char *text, size_t at, size_t end)
{
    size_t next = at;
    (void)pil_utf8_next(text, end, &next, NULL);
    do {
        at = next;
    } while (next < end && goes_on((UChar32)pil_utf8_next(text, end, &next, NULL)));
    return at;
}

/* The letter at text[*at] with the combining marks on it; false, without moving, at anything
 * else. */
static bool take_letter(const char *text, size_t end, size_t *at)
{
    size_t next = *at;
    if (next >= end)
        return false;
    UChar32 letter = (UChar32)pil_utf8_next(text, end, &next, NULL);
    if (!u_isalpha(letter) || mark_of(letter) != MARK_NONE)
        return false;
    do {
        *at = next;
    } while (next < end && is_mark((UChar32)pil_utf8_next(text, end, &next, NULL)));
    return true;
}

/* The end of the letters with one full stop between each two that [begin, end) starts with, two or
 * more, none followed by anything but a full stop: "U.N", "e.g", "U.S" of "U.S.Government". begin
 * when there are none. */
static size_t acronym_end(const char *text, size_t begin, size_t end)
{
    size_t at = begin, last = begin, n_letters = 0;
    while (take_letter(text, end, &at)) {
        size_t letter_end = at;
        if (at < end && mark_of((UChar32)pil_utf8_next(text, end, &at, NULL)) != MARK_STOP)
            break;
        last = letter_end;
        n_letters++;
    }
    return n_letters >= 2 ? last : begin;
}

void pil_split_start(pil_split *split, const char *text, size_t length, size_t begin, size_t end,
                     bool elides)
{
    *split = (pil_split){.text = text,
                         .length = length,
                         .at = begin,
                         .end = end,
                         .elides = elides,
                         .is_first = true};
}

/* What follows the apostrophe is nothing but the s of a possessive. */
static bool is_possessive(const char *text, size_t at, size_t end)
{
    return at + 1 == end && (text[at] == 's' || text[at] == 'S');
}

/* What is behind the apostrophe of O'Brien and d'Ivoire: a capital and two more letters, so that
 * I'm and I'LL are none. */
static bool is_name(const char *text, size_t behind, size_t end)
{
    size_t at = behind;
    UChar32 first = (UChar32)pil_utf8_next(text, end, &at, NULL);
    return (u_isupper(first) || u_istitle(first)) && take_letter(text, end, &behind) &&
           take_letter(text, end, &behind) && take_letter(text, end, &behind);
}

/* Whether the mark found, which ends at next, ends the word: before is the character before it, and
 * n_letters is how many the word has. *is_linked is set when the next word belongs with it. */
static bool ends_word(const pil_split *split, UChar32 before, size_t n_letters, mark found,
                      size_t next, bool *is_linked)
{
    if (found == MARK_CONNECTOR)
        return true;
    size_t ahead = next;
    UChar32 after =
        ahead < split->end ? (UChar32)pil_utf8_next(split->text, split->end, &ahead, NULL) : 0;
    if (found == MARK_NARROW_SPACE)
        return !(u_isdigit(before) && u_isdigit(after));
    bool between_letters = (u_isalpha(before) || is_mark(before)) && u_isalpha(after);
    if (!between_letters || found == MARK_STOP)
        return between_letters;
    if (split->elides)
        return !is_possessive(split->text, next, split->end);
    *is_linked = n_letters == 1 && is_name(split->text, next, split->end);
    return *is_linked;
}

static bool take_acronym(pil_split *split, pil_split_word *word)
{
    size_t begin = split->at;
    size_t end = acronym_end(split->text, begin, split->end);
    if (end == begin)
        return false;
    *word = (pil_split_word){
        .begin_byte = begin, .end_byte = end, .shown_end = end, .is_acronym = true};
    size_t next = end;
    if (end < split->length &&
        mark_of((UChar32)pil_utf8_next(split->text, split->length, &next, NULL)) == MARK_STOP)
        word->shown_end = next;
    split->at = end < split->end ? next : end;
    return true;
}

/* The end of the word that begins at split->at; *next is where the one after it begins. */
static size_t word_end(pil_split *split, size_t *next)
{
    UChar32 before = 0;
    size_t n_letters = 0;
    *next = split->at;
    for (size_t at = split->at; at < split->end; at = *next) {
        UChar32 c = (UChar32)pil_utf8_next(split->text, split->end, next, NULL);
        if (stands_alone(c)) {
            *next = at > split->at ? at : end_of_character(split->text, at, split->end);
            return *next;
        }
        mark found = mark_of(c);
        if (found != MARK_NONE &&
            ends_word(split, before, n_letters, found, *next, &split->is_linked))
            return at;
        if (!is_mark(c))
            n_letters++;
        before = c;
    }
    return split->end;
}

bool pil_split_next(pil_split *split, pil_split_word *word)
{
    bool is_first = split->is_first;
    split->is_first = false;
    if (is_first && take_acronym(split, word))
        return true;
    while (split->at < split->end) {
        bool is_linked = split->is_linked;
        split->is_linked = false;
        size_t begin = split->at, next = begin;
        size_t end = word_end(split, &next);
        split->at = next;
        if (end > begin) {
            *word = (pil_split_word){
                .begin_byte = begin, .end_byte = end, .shown_end = end, .is_linked = is_linked};
            return true;
        }
    }
    return false;
}
