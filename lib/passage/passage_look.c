#include "passage_internal.h"

#include "base/utf8.h"

#include <string.h>

enum { FRAGMENT_WEIGHT = 32, FRAGMENT_WORDS = 4 };

static bool is_space(uint32_t character)
{
    if (character <= 0x20)
        return true;
    if (character < 0x7F)
        return false;
    return character <= 0xA0 || character == 0xAD || character == 0x1680 ||
           (character >= 0x2000 && character <= 0x200F) || character == 0x2028 ||
           character == 0x2029 || character == 0x202F || character == 0x205F ||
           character == 0x2060 || character == 0x3000 || character == 0xFEFF;
}

/* The character that ends at end. */
static uint32_t character_before(const char *text, size_t begin, size_t end, size_t *start)
{
    size_t at = end - 1;
    while (at > begin && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    *start = at;
    return pil_utf8_next(text, end, &at, NULL);
}

size_t pil_passage_skip_space(const char *text, size_t begin, size_t end)
{
    while (begin < end) {
        size_t next = begin;
        if (!is_space(pil_utf8_next(text, end, &next, NULL)))
            break;
        begin = next;
    }
    return begin;
}

size_t pil_passage_trim_end(const char *text, size_t begin, size_t end)
{
    while (end > begin) {
        size_t start;
        if (!is_space(character_before(text, begin, end, &start)))
            break;
        end = start;
    }
    return end;
}

size_t pil_passage_weight(const char *text, size_t length)
{
    size_t weight = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        weight += (byte & 0xC0) != 0x80;
        weight += byte >= 0xE3 && byte <= 0xED ? 2 : 0;
    }
    return weight;
}

size_t pil_passage_words(const char *text, size_t length, size_t limit)
{
    size_t n_words = 0;
    bool in_word = false;
    for (size_t i = 0; i < length && n_words < limit; i++) {
        bool space = (unsigned char)text[i] <= ' ';
        n_words += !space && !in_word;
        in_word = !space;
    }
    return n_words;
}

static bool is_closing(uint32_t character)
{
    return character == '"' || character == '\'' || character == ')' || character == ']' ||
           character == '*' || character == '_' || character == 0x2019 || character == 0x201D ||
           character == 0x201C || character == 0xBB || character == 0xAB || character == 0x203A ||
           character == 0x300D || character == 0x300F || character == 0xFF09;
}

static bool is_sentence_end(uint32_t character)
{
    return character == '.' || character == '!' || character == '?' || character == ':' ||
           character == ';' || character == 0x2026 || character == 0x3002 || character == 0xFF01 ||
           character == 0xFF1F || character == 0xFF1A || character == 0x061F ||
           character == 0x06D4 || character == 0x0964 || character == 0x037E;
}

bool pil_passage_ends_sentence(const char *text, size_t length)
{
    size_t end = pil_passage_trim_end(text, 0, length);
    for (int n_closing = 0; end > 0 && n_closing < 8; n_closing++) {
        size_t start;
        uint32_t character = character_before(text, 0, end, &start);
        if (is_sentence_end(character))
            return true;
        bool is_mark = n_closing > 0 && character >= '0' && character <= '9';
        bool opens_mark = n_closing > 1 && (character == '[' || character == '(');
        if (!is_closing(character) && !is_mark && !opens_mark)
            return false;
        end = start;
    }
    return false;
}

bool pil_passage_is_fragment(const char *text, size_t length)
{
    return length < (size_t)FRAGMENT_WEIGHT * 4 &&
           pil_passage_weight(text, length) < FRAGMENT_WEIGHT &&
           pil_passage_words(text, length, FRAGMENT_WORDS + 1) <= FRAGMENT_WORDS;
}
