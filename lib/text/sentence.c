#include "text/sentence.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>

enum {
    ABBREVIATION_MAX = 12, /* bytes */
    OPENING_MAX = 8        /* quotes, brackets and dashes that are looked past */
};

/* Abbreviations that end no sentence, before whatever they stand: titles mostly. They are written
 * so, or with a capital. Those that end sentences as often ("Inc.", "et al.") are not here. */
static const char *const titles[] = {
    "adm",    "amb",  "approx", "brig", "bspw", "bzw",  "ca",  "capt", "cf",  "cmdr", "col",
    "cpt",    "dott", "dr",     "dra",  "evtl", "gen",  "ggf", "gov",  "hon", "lt",   "maj",
    "messrs", "mlle", "mme",    "mr",   "mrs",  "ms",   "mt",  "np",   "npr", "prof", "rep",
    "rev",    "sen",  "sgt",    "sig",  "sog",  "sr",   "sra", "st",   "ste", "tj",   "tzv",
    "tzw",    "ul",   "vgl",    "viz",  "vs",   "акад", "нпр", "проф", "тзв", "тј",   "ул",
};

/* Abbreviations that end no sentence before a number. */
static const char *const counted[] = {
    "abs",  "apr", "art",  "arts", "aug", "bd",   "br",    "cap", "ch",  "dec",
    "feb",  "fig", "figs", "jan",  "jul", "jun",  "kap",   "mar", "no",  "nos",
    "nov",  "nr",  "oct",  "p",    "par", "para", "paras", "pp",  "sec", "sep",
    "sept", "str", "vol",  "vols", "čl",  "бр",   "гл",    "ст",  "стр", "чл",
};

/* Languages that write an ordinal as a number and a full stop. */
static const char *const ordinal_languages[] = {"bs", "cs", "da", "de", "et", "fi",
                                                "hr", "hu", "is", "lb", "lv", "nb",
                                                "nn", "no", "pl", "sk", "sl", "sr"};

#define LENGTH_OF(array) (sizeof(array) / sizeof(array)[0])

/* A character of the text with its Sentence_Break class. */
typedef struct character {
    uint32_t code;
    int class;
    size_t end_byte;
} character;

static int class_of(uint32_t code)
{
    if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z'))
        return code >= 'a' ? U_SB_LOWER : U_SB_UPPER;
    if (code == ' ')
        return U_SB_SP;
    if (code == '\v' || code == '\f')
        return U_SB_SEP;
    return u_getIntPropertyValue((UChar32)code, UCHAR_SENTENCE_BREAK);
}

static character character_at(const pil_sentences *sentences, size_t at)
{
    character c = {.end_byte = at};
    c.code = pil_utf8_next(sentences->text, sentences->length, &c.end_byte, NULL);
    c.class = class_of(c.code);
    return c;
}

static bool is_line_end(int class)
{
    return class == U_SB_SEP || class == U_SB_CR || class == U_SB_LF;
}

static bool is_space(int class)
{
    return class == U_SB_SP || is_line_end(class);
}

static bool is_mark(int class)
{
    return class == U_SB_EXTEND || class == U_SB_FORMAT;
}

static bool is_stop(int class)
{
    return class == U_SB_ATERM || class == U_SB_STERM;
}

static bool is_letter(int class)
{
    return class == U_SB_LOWER || class == U_SB_UPPER || class == U_SB_OLETTER;
}

static bool is_dash(uint32_t code)
{
    return code == '-' || code == 0x2013 || code == 0x2014;
}

/* The full stops of Chinese and Japanese: no space follows them, and they mean nothing else. */
static bool is_wide_stop(uint32_t code)
{
    return code == 0x3002 || code == 0xFF01 || code == 0xFF1F || code == 0xFF61;
}

static bool is_superscript(uint32_t code)
{
    return code == 0xB2 || code == 0xB3 || code == 0xB9 || (code >= 0x2070 && code <= 0x2079);
}

/* The end of white space from at on; *n_lines (may be NULL) grows by the line ends in it. */
static size_t skip_space(const pil_sentences *sentences, size_t at, bool over_lines,
                         size_t *n_lines)
{
    bool was_cr = false;
    while (at < sentences->length) {
        character c = character_at(sentences, at);
        if (c.class != U_SB_SP && !(over_lines && is_line_end(c.class)))
            break;
        if (n_lines != NULL && is_line_end(c.class))
            *n_lines += !(was_cr && c.class == U_SB_LF);
        was_cr = c.class == U_SB_CR;
        at = c.end_byte;
    }
    return at;
}

/* True when what follows at goes on with the sentence: a lower-case letter, quotes, brackets and a
 * dash before it apart. */
static bool continues(const pil_sentences *sentences, size_t at)
{
    for (int n = 0; n < OPENING_MAX && at < sentences->length; n++) {
        character c = character_at(sentences, at);
        if (c.class == U_SB_LOWER)
            return true;
        if (c.class != U_SB_CLOSE && c.class != U_SB_SP && !is_mark(c.class) && !is_dash(c.code))
            return false;
        at = c.end_byte;
    }
    return false;
}

/* --- what may stand behind a full stop --- */

/* The end of a footnote mark in brackets that begins at at, or at. */
static size_t skip_footnote(const pil_sentences *sentences, size_t at)
{
    const char *text = sentences->text;
    size_t end = at;
    if (text[end] != '[')
        return at;
    for (end++; end < sentences->length && end - at < 5 && text[end] >= '0' && text[end] <= '9';)
        end++;
    return end < sentences->length && text[end] == ']' && end > at + 1 ? end + 1 : at;
}

/* The end of a guillemet behind one space that closes, as French writes it, or at. */
static size_t skip_spaced_guillemet(const pil_sentences *sentences, size_t at)
{
    character space = character_at(sentences, at);
    if (space.class != U_SB_SP || space.end_byte == sentences->length)
        return at;
    character quote = character_at(sentences, space.end_byte);
    if (quote.code != 0xBB && quote.code != 0x203A)
        return at;
    bool is_last = quote.end_byte == sentences->length ||
                   is_space(character_at(sentences, quote.end_byte).class);
    return is_last ? quote.end_byte : at;
}

/* True when c, of class Close, ends something here. Some quotation marks begin a quotation in one
 * language and end it in another: there, what follows decides. */
static bool closes(const pil_sentences *sentences, const character *c)
{
    int kind = u_charType((UChar32)c->code);
    if (kind == U_START_PUNCTUATION)
        return false;
    if (kind != U_INITIAL_PUNCTUATION || c->end_byte == sentences->length)
        return true;
    int next = character_at(sentences, c->end_byte).class;
    return is_space(next) || next == U_SB_CLOSE;
}

typedef struct stop {
    size_t begin_byte;   /* the full stop itself */
    size_t end_byte;     /* behind it and all that belongs to it */
    size_t next_byte;    /* what follows, spaces apart */
    bool is_single;      /* one full stop, nothing behind it */
    bool is_closed;      /* quotes, brackets or a footnote mark behind it */
    bool is_wide;        /* see is_wide_stop */
    bool is_abbreviable; /* of the class of ".", not "!" */
} stop;

/* The stop that begins at begin with c: all its full stops, and what closes behind them. */
static stop read_stop(const pil_sentences *sentences, size_t begin, const character *c)
{
    stop found = {.begin_byte = begin,
                  .is_single = true,
                  .is_wide = is_wide_stop(c->code),
                  .is_abbreviable = c->class == U_SB_ATERM};
    size_t at = c->end_byte;
    while (at < sentences->length) {
        character next = character_at(sentences, at);
        size_t whole = skip_footnote(sentences, at);
        if (whole == at)
            whole = skip_spaced_guillemet(sentences, at);
        bool is_closing = whole > at || is_superscript(next.code) ||
                          (next.class == U_SB_CLOSE && closes(sentences, &next));
        if (!is_closing && !is_stop(next.class) && !is_mark(next.class))
            break;
        found.is_single = found.is_single && is_mark(next.class);
        found.is_closed = found.is_closed || is_closing;
        found.is_wide = found.is_wide || is_wide_stop(next.code);
        at = whole > at ? whole : next.end_byte;
    }
    found.end_byte = at;
    found.next_byte = skip_space(sentences, at, false, NULL);
    return found;
}

/* --- abbreviations --- */

/* True when word is written as entry, or so with a capital; both are lower-case otherwise. */
static bool is_written(const char *word, size_t length, const char *entry)
{
    if (strlen(entry) != length)
        return false;
    if (memcmp(word, entry, length) == 0)
        return true;
    size_t at = 0, entry_at = 0;
    uint32_t first = pil_utf8_next(word, length, &at, NULL);
    uint32_t expected = pil_utf8_next(entry, length, &entry_at, NULL);
    return (uint32_t)u_tolower((UChar32)first) == expected && at == entry_at &&
           memcmp(word + at, entry + at, length - at) == 0;
}

static bool is_among(const char *word, size_t length, const char *const *entries, size_t n_entries)
{
    for (size_t i = 0; i < n_entries; i++) {
        if (is_written(word, length, entries[i]))
            return true;
    }
    return false;
}

/* Where the letters, or the digits, begin that end at end; not below begin, nor far below end. */
static size_t run_before(const pil_sentences *sentences, size_t begin, size_t end, bool digits)
{
    size_t at = end;
    while (at > begin && end - at <= ABBREVIATION_MAX) {
        size_t before = pil_utf8_boundary(sentences->text, at, at - 1);
        if (before < begin)
            break;
        int class = character_at(sentences, before).class;
        if (digits ? class != U_SB_NUMERIC : !is_letter(class) && !is_mark(class))
            break;
        at = before;
    }
    return at;
}

/* A letter alone: an initial when it is a capital, or part of what is written as "e.g.", but for
 * "a.m." and "p.m.", behind which a sentence may well end. */
static bool is_initial(const pil_sentences *sentences, size_t begin, size_t word, size_t end)
{
    character c = character_at(sentences, word);
    if (c.end_byte != end)
        return false;
    if (c.class == U_SB_UPPER)
        return true;
    return c.class == U_SB_LOWER && c.code != 'm' && word > begin + 1 &&
           sentences->text[word - 1] == '.';
}

/* True when the full stop belongs to what stands before it, and not to the sentence that began at
 * begin. */
static bool abbreviates(const pil_sentences *sentences, size_t begin, const stop *found)
{
    const char *text = sentences->text;
    size_t end = found->begin_byte;
    int next = character_at(sentences, found->next_byte).class;
    size_t word = run_before(sentences, begin, end, false);
    if (word < end)
        return is_initial(sentences, begin, word, end) ||
               is_among(text + word, end - word, titles, LENGTH_OF(titles)) ||
               (next == U_SB_NUMERIC &&
                is_among(text + word, end - word, counted, LENGTH_OF(counted)));
    size_t number = run_before(sentences, begin, end, true);
    return number < end && (number == begin || (sentences->has_ordinals && end - number <= 2));
}

/* True when a sentence that began at begin ends at the stop, which is not at the end of a line. */
static bool ends_sentence(const pil_sentences *sentences, size_t begin, const stop *found)
{
    character next = character_at(sentences, found->next_byte);
    bool has_space = found->next_byte > found->end_byte;
    if (is_stop(next.class))
        return false;
    if (next.class == U_SB_SCONTINUE && !(has_space && is_dash(next.code)))
        return false;
    if (found->is_wide)
        return true;
    if (!has_space && next.class != U_SB_OLETTER && next.class != U_SB_CLOSE &&
        !(found->is_closed && next.class == U_SB_UPPER))
        return false;
    if (found->is_abbreviable && found->is_single && abbreviates(sentences, begin, found))
        return false;
    return !continues(sentences, found->next_byte);
}

/* --- the text --- */

void pil_sentences_start(pil_sentences *sentences, const char *language, const char *text,
                         size_t length)
{
    *sentences = (pil_sentences){.text = text, .length = length};
    for (size_t i = 0; i < LENGTH_OF(ordinal_languages); i++)
        sentences->has_ordinals |= strcmp(language, ordinal_languages[i]) == 0;
}

/* The end of the line's white space at at, and whether a sentence ends there: it does unless the
 * next line goes on in lower case. */
static bool line_ends_sentence(const pil_sentences *sentences, size_t at, size_t *next_byte)
{
    size_t n_lines = 0;
    *next_byte = skip_space(sentences, at, true, &n_lines);
    return n_lines > 1 || *next_byte == sentences->length || !continues(sentences, *next_byte);
}

bool pil_sentences_next(pil_sentences *sentences, size_t *begin_byte, size_t *end_byte)
{
    size_t begin = skip_space(sentences, sentences->at, true, NULL);
    size_t at = begin, end = begin; /* end: behind the last character that is no white space */
    bool is_over = false;
    while (at < sentences->length && !is_over) {
        character c = character_at(sentences, at);
        if (is_stop(c.class)) {
            stop found = read_stop(sentences, at, &c);
            end = found.end_byte;
            at = found.next_byte;
            is_over = at < sentences->length && !is_line_end(character_at(sentences, at).class) &&
                      ends_sentence(sentences, begin, &found);
        } else if (is_line_end(c.class)) {
            is_over = line_ends_sentence(sentences, at, &at);
        } else {
            end = c.class == U_SB_SP ? end : c.end_byte;
            at = c.end_byte;
        }
    }
    sentences->at = at;
    *begin_byte = begin;
    *end_byte = end;
    return end > begin;
}
