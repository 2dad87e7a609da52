#include "boundary.h"

#include "base/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

/* The Word_Break classes that the fast path knows. Two characters of WORD kinds (from
 * KIND_LETTER up) are never parted: WB5, WB8-10, WB13a, WB13b. */
enum {
    KIND_SLOW,  /* the stretch is for ICU */
    KIND_SPACE, /* ASCII white space: a boundary on both sides, whatever is there */
    KIND_OTHER,
    KIND_MID_LETTER, /* joins two letters: WB6, WB7 */
    KIND_MID_NUMBER, /* joins two digits: WB11, WB12 */
    KIND_MID_BOTH,
    KIND_LETTER,
    KIND_DIGIT,
    KIND_CONNECTOR,
    KIND_MASK = 0x0F,
    COUNTS = 0x10,    /* a letter or number in the sense of General_Category */
    NOT_PLAIN = 0x20, /* something that pil_split may have to look at */
};

enum {
    NARROW_END = 0x800,  /* characters of one or two bytes */
    MORE_BEGIN = 0x1E00, /* more Latin (Vietnamese) and Greek: E1 B8 80 to E1 BF BF */
    MORE_END = 0x2000,
    WIDE_BEGIN = 0x2000, /* punctuation and currency: E2 80 80 to E2 83 BF */
    WIDE_END = 0x2100,
    REGION_BYTES = 1 << 20,
    STRETCH_BYTES = 1 << 30 /* ICU counts in int32_t */
};

struct pil_boundary {
    const char *text;
    size_t length;
    size_t at;       /* everything before was given out or skipped */
    size_t fast_end; /* [at, fast_end) is for the fast path */
    bool icu_only;
    bool in_region; /* ICU is at work on [region_begin, region_end) */
    size_t region_begin, region_end;
    int32_t icu_at;        /* from region_begin */
    UBreakIterator *words; /* opened when it is first needed: it takes a millisecond */
    UText utext;
    uint8_t narrow[NARROW_END];
    uint8_t more[MORE_END - MORE_BEGIN];
    uint8_t wide[WIDE_END - WIDE_BEGIN];
};

static bool is_letter_or_number(UChar32 c)
{
    return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

static uint8_t classify(UChar32 c)
{
    uint8_t kind = KIND_SLOW;
    switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER:
        kind = KIND_LETTER;
        break;
    case U_WB_NUMERIC:
        kind = KIND_DIGIT;
        break;
    case U_WB_EXTENDNUMLET:
        kind = KIND_CONNECTOR;
        break;
    case U_WB_MIDLETTER:
        kind = KIND_MID_LETTER;
        break;
    case U_WB_MIDNUM:
        kind = KIND_MID_NUMBER;
        break;
    case U_WB_MIDNUMLET:
    case U_WB_SINGLE_QUOTE:
        kind = KIND_MID_BOTH;
        break;
    case U_WB_DOUBLE_QUOTE: /* is special beside Hebrew letters only, and those are slow */
    case U_WB_OTHER:
        kind = KIND_OTHER;
        break;
    default:
        break;
    }
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return KIND_SPACE;
    /* ICU differs from the standard here, and not in the same way in all its versions. */
    if (c == '@' || c == ':')
        return c == ':' ? KIND_OTHER : KIND_SLOW;
    if (kind != KIND_SLOW && is_letter_or_number(c))
        kind |= COUNTS;
    if ((kind & KIND_MASK) == KIND_CONNECTOR || c == 0x02BC)
        kind |= NOT_PLAIN;
    return kind;
}

pil_status pil_boundary_new(pil_boundary **out, pil_error *err)
{
    *out = NULL;
    pil_boundary *boundary = calloc(1, sizeof *boundary);
    if (boundary == NULL)
        return pil_error_no_memory(err);
    const UText closed = UTEXT_INITIALIZER;
    boundary->utext = closed;
    for (UChar32 c = 0; c < NARROW_END; c++)
        boundary->narrow[c] = classify(c);
    for (UChar32 c = MORE_BEGIN; c < MORE_END; c++)
        boundary->more[c - MORE_BEGIN] = classify(c);
    for (UChar32 c = WIDE_BEGIN; c < WIDE_END; c++)
        boundary->wide[c - WIDE_BEGIN] = classify(c);
    *out = boundary;
    return PIL_OK;
}

void pil_boundary_free(pil_boundary *boundary)
{
    if (boundary == NULL)
        return;
    if (boundary->words != NULL)
        ubrk_close(boundary->words);
    utext_close(&boundary->utext);
    free(boundary);
}

void pil_boundary_start(pil_boundary *boundary, const char *text, size_t length, bool icu_only)
{
    boundary->text = text;
    boundary->length = length;
    boundary->at = 0;
    boundary->fast_end = 0;
    boundary->icu_only = icu_only;
    boundary->in_region = false;
}

/* The class of the character at text[*at], *at < length, moving *at behind it. */
static inline uint8_t class_at(const pil_boundary *boundary, size_t *at)
{
    const unsigned char *bytes = (const unsigned char *)boundary->text + *at;
    size_t left = boundary->length - *at;
    if (bytes[0] < 0x80) {
        *at += 1;
        return boundary->narrow[bytes[0]];
    }
    if (bytes[0] >= 0xC2 && bytes[0] <= 0xDF && left >= 2 && (bytes[1] & 0xC0) == 0x80) {
        *at += 2;
        return boundary->narrow[(bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3F)];
    }
    if (left >= 3 && (bytes[0] == 0xE1 || bytes[0] == 0xE2) && (bytes[2] & 0xC0) == 0x80) {
        size_t index = (size_t)(bytes[1] & 0x07) << 6 | (bytes[2] & 0x3F);
        *at += 3;
        if (bytes[0] == 0xE1 && (bytes[1] & 0xF8) == 0xB8)
            return boundary->more[index];
        if (bytes[0] == 0xE2 && (bytes[1] & 0xFC) == 0x80)
            return boundary->wide[index];
        *at -= 3;
    }
    *at += 1;
    return KIND_SLOW;
}

static size_t skip_spaces(const pil_boundary *boundary, size_t at)
{
    while (at < boundary->length &&
           boundary->narrow[(unsigned char)boundary->text[at]] == KIND_SPACE &&
           (unsigned char)boundary->text[at] < 0x80)
        at++;
    return at;
}

/* How many of eight bytes, from the first one on, are ASCII letters and digits. Each is compared in
 * its own byte of one number, and the highest bit says what came of it: a loop over the letters of
 * a word would end where no processor can foresee it. */
static inline size_t count_plain(const unsigned char *bytes)
{
    const uint64_t each = UINT64_C(0x0101010101010101), high = 0x80 * each;
    uint64_t loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    uint64_t ascii = loaded & ~high, lower = ascii | 0x20 * each;
    uint64_t letters = (lower + (0x80 - 'a') * each) & ~(lower + (0x7F - 'z') * each);
    uint64_t digits = (ascii + (0x80 - '0') * each) & ~(ascii + (0x7F - '9') * each);
    uint64_t others = ~((letters | digits) & ~loaded) & high;
    if (others == 0)
        return sizeof loaded;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(others) / 8;
#else
    return (size_t)__builtin_clzll(others) / 8;
#endif
}

/* The end of the ASCII letters and digits that begin at begin. */
static inline size_t plain_end(const pil_boundary *boundary, size_t begin)
{
    const unsigned char *text = (const unsigned char *)boundary->text;
    size_t at = begin, n = 8;
    while (n == 8 && boundary->length - at >= 8) {
        n = count_plain(text + at);
        at += n;
    }
    if (n < 8)
        return at;
    /* KIND_LETTER and KIND_DIGIT differ in the last bit. */
    while (at < boundary->length && text[at] < 0x80 &&
           (boundary->narrow[text[at]] | 1) == (KIND_DIGIT | COUNTS))
        at++;
    return at;
}

static inline bool is_space_or_end(const pil_boundary *boundary, size_t at)
{
    return at >= boundary->length ||
           ((unsigned char)boundary->text[at] < 0x80 &&
            boundary->narrow[(unsigned char)boundary->text[at]] == KIND_SPACE);
}

/* The end of the stretch that the plain word before at stands in, when that has nothing else in it
 * but one ASCII punctuation mark behind the word, which cannot join it with anything then; 0 when
 * it has. */
static inline size_t plain_stretch_end(const pil_boundary *boundary, size_t at)
{
    if (is_space_or_end(boundary, at))
        return at;
    unsigned char mark = (unsigned char)boundary->text[at];
    uint8_t class = boundary->narrow[mark];
    bool is_mark = mark < 0x80 && class >= KIND_OTHER && class <= KIND_MID_BOTH;
    return is_mark && is_space_or_end(boundary, at + 1) ? at + 1 : 0;
}

/* The end of the stretch without white space that begins at begin. */
static size_t stretch_end(const pil_boundary *boundary, size_t begin, bool *is_fast)
{
    *is_fast = true;
    size_t at = begin;
    while (at < boundary->length) {
        size_t next = at;
        uint8_t class = class_at(boundary, &next);
        if (class == KIND_SPACE)
            break;
        if (class == KIND_SLOW)
            *is_fast = false;
        at = next;
    }
    return at;
}

/* ICU takes slow stretches that follow one another together, with the spaces before and between
 * them: only so do odd sequences such as a combining mark behind a space come out as they would
 * in the whole text. */
static void find_region(pil_boundary *boundary, size_t end)
{
    boundary->region_begin = boundary->at;
    while (end - boundary->at < REGION_BYTES) {
        bool is_fast;
        size_t begin = skip_spaces(boundary, end);
        if (begin == boundary->length)
            break;
        size_t next = stretch_end(boundary, begin, &is_fast);
        if (is_fast)
            break;
        end = next;
    }
    if (end - boundary->at > STRETCH_BYTES)
        end = pil_utf8_boundary(boundary->text, boundary->length, boundary->at + STRETCH_BYTES);
    boundary->region_end = end;
}

static pil_status start_region(pil_boundary *boundary, pil_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    utext_openUTF8(&boundary->utext, boundary->text + boundary->region_begin,
                   (int64_t)(boundary->region_end - boundary->region_begin), &code);
    if (boundary->words == NULL)
        boundary->words = ubrk_open(UBRK_WORD, "root", NULL, 0, &code);
    ubrk_setUText(boundary->words, &boundary->utext, &code);
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return pil_error_no_memory(err);
    if (U_FAILURE(code))
        return pil_error_set(err, PIL_INTERNAL, "ICU cannot find words: %s", u_errorName(code));
    boundary->icu_at = 0;
    boundary->in_region = true;
    return PIL_OK;
}

/* Sets up the next stretch for the fast path or region for ICU; the word of one that has nothing
 * else in it becomes *word, and *is_word is set. PIL_DONE when there is none. */
static pil_status find_work(pil_boundary *boundary, pil_boundary_word *word, bool *is_word,
                            pil_error *err)
{
    size_t begin = skip_spaces(boundary, boundary->at);
    if (begin == boundary->length)
        return PIL_DONE;
    if (boundary->icu_only) {
        find_region(boundary, boundary->length);
        return start_region(boundary, err);
    }
    size_t word_end = plain_end(boundary, begin);
    size_t end = word_end == begin ? 0 : plain_stretch_end(boundary, word_end);
    if (end > 0) {
        *word = (pil_boundary_word){.begin_byte = begin, .end_byte = word_end, .is_plain = true};
        *is_word = true;
        boundary->at = boundary->fast_end = end;
        return PIL_OK;
    }
    bool is_fast;
    end = stretch_end(boundary, begin, &is_fast);
    if (!is_fast) {
        find_region(boundary, end);
        return start_region(boundary, err);
    }
    boundary->at = begin;
    boundary->fast_end = end;
    return PIL_OK;
}

static bool counts_as_word(const char *text, size_t begin, size_t end)
{
    while (begin < end)
        if (is_letter_or_number((UChar32)pil_utf8_next(text, end, &begin, NULL)))
            return true;
    return false;
}

static bool next_from_icu(pil_boundary *boundary, pil_boundary_word *word)
{
    int32_t next;
    while ((next = ubrk_next(boundary->words)) != UBRK_DONE) {
        size_t begin = boundary->region_begin + (size_t)boundary->icu_at;
        size_t end = boundary->region_begin + (size_t)next;
        boundary->icu_at = next;
        if (counts_as_word(boundary->text, begin, end)) {
            *word = (pil_boundary_word){.begin_byte = begin, .end_byte = end};
            return true;
        }
    }
    boundary->at = boundary->region_end;
    boundary->in_region = false;
    return false;
}

static bool joins(uint8_t last, uint8_t middle)
{
    return (last == KIND_LETTER && (middle == KIND_MID_LETTER || middle == KIND_MID_BOTH)) ||
           (last == KIND_DIGIT && (middle == KIND_MID_NUMBER || middle == KIND_MID_BOTH));
}

/* The end of the word whose first character, of class *classes, ends at at. *classes becomes the
 * union of the bits of all its characters. */
static size_t fast_word_end(const pil_boundary *boundary, size_t at, uint8_t *classes)
{
    uint8_t last = *classes & KIND_MASK;
    while (at < boundary->fast_end) {
        size_t next = at;
        uint8_t class = class_at(boundary, &next);
        uint8_t kind = class & KIND_MASK;
        if (kind < KIND_LETTER) {
            if (!joins(last, kind) || next == boundary->fast_end)
                break;
            class = class_at(boundary, &next) | NOT_PLAIN;
            if ((class & KIND_MASK) != last)
                break;
            kind = last;
        }
        *classes |= class & (COUNTS | NOT_PLAIN);
        last = kind;
        at = next;
    }
    return at;
}

static bool next_fast(pil_boundary *boundary, pil_boundary_word *word)
{
    while (boundary->at < boundary->fast_end) {
        size_t begin = boundary->at;
        uint8_t classes = class_at(boundary, &boundary->at);
        if ((classes & KIND_MASK) >= KIND_LETTER)
            boundary->at = fast_word_end(boundary, boundary->at, &classes);
        if ((classes & COUNTS) != 0) {
            *word = (pil_boundary_word){.begin_byte = begin,
                                        .end_byte = boundary->at,
                                        .is_plain = (classes & NOT_PLAIN) == 0};
            return true;
        }
    }
    return false;
}

pil_status pil_boundary_next(pil_boundary *boundary, pil_boundary_word *word, pil_error *err)
{
    for (;;) {
        if (boundary->in_region && next_from_icu(boundary, word))
            return PIL_OK;
        if (next_fast(boundary, word))
            return PIL_OK;
        bool is_word = false;
        pil_status status = find_work(boundary, word, &is_word, err);
        if (status != PIL_OK || is_word)
            return status;
    }
}
