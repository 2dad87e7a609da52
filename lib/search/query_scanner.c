#include "query_scanner.h"

#include "base/utf8.h"

#include <string.h>

/* No text has more words. */
enum { MAX_DISTANCE = 100000000 };

#define NEAR "NEAR/"

/* Unicode's White_Space, and NUL; not U+202F, which groups the digits of a number. */
static bool is_space(uint32_t character)
{
    switch (character) {
    case 0x00:
    case 0x20:
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x205F:
    case 0x3000:
        return true;
    default:
        return (character >= 0x09 && character <= 0x0D) ||
               (character >= 0x2000 && character <= 0x200A);
    }
}

static pil_quote_family family_of(uint32_t character)
{
    switch (character) {
    case '"':
    case 0x201C:
    case 0x201D:
    case 0x201E:
        return PIL_QUOTE_DOUBLE;
    case 0xAB:
    case 0xBB:
        return PIL_QUOTE_GUILLEMET;
    default:
        return PIL_QUOTE_NONE;
    }
}

/* The character at `at` and, in *end, the offset behind it. at must be below the length. */
static uint32_t character_at(const pil_query_scanner *s, size_t at, size_t *end)
{
    *end = at;
    return pil_utf8_next(s->text, s->length, end, NULL);
}

/* Knowing the last mark of each family tells in one step whether a quote will be closed: looking
 * for the closing mark each time would make 100,000 open quotes take 10^10 steps. */
void pil_scan_init(pil_query_scanner *s, const char *text, size_t length)
{
    *s = (pil_query_scanner){.text = text, .length = length, .after_space = true};
    for (int family = 0; family < PIL_N_QUOTE_FAMILIES; family++)
        s->last_quote[family] = length;
    for (size_t at = 0, end; at < length; at = end)
        s->last_quote[family_of(character_at(s, at, &end))] = at;
}

bool pil_scan_at_end(const pil_query_scanner *s)
{
    return s->at == s->length;
}

char pil_scan_peek(const pil_query_scanner *s)
{
    return s->at < s->length ? s->text[s->at] : '\0';
}

void pil_scan_spaces(pil_query_scanner *s)
{
    for (size_t end; s->at < s->length && is_space(character_at(s, s->at, &end)); s->at = end)
        s->after_space = true;
}

bool pil_scan_begins_with(const pil_query_scanner *s, size_t at, const char *what)
{
    size_t length = strlen(what);
    return s->length - at >= length && memcmp(s->text + at, what, length) == 0;
}

bool pil_scan_is_space_or_end(const pil_query_scanner *s, size_t at)
{
    size_t end;
    return at == s->length || is_space(character_at(s, at, &end));
}

bool pil_scan_is_word_end(const pil_query_scanner *s, size_t at)
{
    return pil_scan_is_space_or_end(s, at) || (s->depth > 0 && s->text[at] == ')');
}

char pil_scan_sign(pil_query_scanner *s)
{
    char sign = pil_scan_peek(s);
    if (!s->after_space || (sign != '+' && sign != '-') || s->at + 1 == s->length)
        return '\0';
    size_t end;
    uint32_t next = character_at(s, s->at + 1, &end);
    if (is_space(next) || next == '+' || next == '-')
        return '\0';
    s->at++;
    return sign;
}

pil_query_operator pil_scan_operator(pil_query_scanner *s)
{
    static const struct {
        const char *name;
        pil_query_operator operator;
    } names[] = {{"AND", PIL_AND}, {"OR", PIL_OR}, {"NOT", PIL_NOT}};
    for (size_t i = 0; i < sizeof names / sizeof *names && s->after_space; i++) {
        size_t end = s->at + strlen(names[i].name);
        if (!pil_scan_begins_with(s, s->at, names[i].name) ||
            !(pil_scan_is_word_end(s, end) || s->text[end] == '('))
            continue;
        s->at = end;
        return names[i].operator;
    }
    return PIL_NO_OPERATOR;
}

bool pil_scan_open(pil_query_scanner *s)
{
    if (!s->after_space || pil_scan_peek(s) != '(')
        return false;
    s->at++;
    return true;
}

bool pil_scan_close(pil_query_scanner *s)
{
    if (s->depth == 0 || pil_scan_peek(s) != ')')
        return false;
    s->at++;
    return true;
}

bool pil_scan_is_quote(const pil_query_scanner *s)
{
    size_t end;
    if (s->at == s->length)
        return false;
    pil_quote_family family = family_of(character_at(s, s->at, &end));
    return family != PIL_QUOTE_NONE && s->last_quote[family] > s->at;
}

bool pil_scan_unbalanced_quote(pil_query_scanner *s)
{
    size_t end;
    if (s->at == s->length)
        return false;
    pil_quote_family family = family_of(character_at(s, s->at, &end));
    if (family == PIL_QUOTE_NONE || s->last_quote[family] > s->at)
        return false;
    s->at = end;
    return true;
}

pil_slice pil_scan_phrase(pil_query_scanner *s)
{
    size_t begin;
    pil_quote_family family = family_of(character_at(s, s->at, &begin));
    size_t close = begin;
    size_t end;
    while (family_of(character_at(s, close, &end)) != family)
        close = end;
    s->at = end;
    return (pil_slice){s->text + begin, close - begin};
}

/* A parenthesis that the word itself opens, as in "f(x)", does not end it. */
pil_slice pil_scan_word(pil_query_scanner *s)
{
    size_t begin = s->at, n_open = 0;
    for (size_t end; s->at < s->length; s->at = end) {
        uint32_t character = character_at(s, s->at, &end);
        if (is_space(character) || family_of(character) != PIL_QUOTE_NONE)
            break;
        if (character == ')' && s->depth > 0 && n_open == 0)
            break;
        n_open += character == '(';
        n_open -= character == ')' && n_open > 0;
    }
    return (pil_slice){s->text + begin, s->at - begin};
}

bool pil_scan_exact(pil_query_scanner *s)
{
    size_t length = pil_scan_begins_with(s, s->at, "=")        ? 1
                    : pil_scan_begins_with(s, s->at, "exact:") ? strlen("exact:")
                                                               : 0;
    size_t end = s->at + length;
    if (!s->after_space || length == 0 || pil_scan_is_word_end(s, end) || s->text[end] == '=')
        return false;
    s->at = end;
    return true;
}

bool pil_scan_regex(pil_query_scanner *s, pil_slice *expression, bool *ignores_case)
{
    if (!s->after_space || pil_scan_peek(s) != '/')
        return false;
    size_t begin = s->at + 1, end = begin;
    while (end < s->length && s->text[end] != '/')
        end += s->text[end] == '\\' && end + 1 < s->length ? 2 : 1;
    if (end == begin || end == s->length)
        return false;
    size_t behind = end + 1;
    *ignores_case = behind < s->length && s->text[behind] == 'i';
    behind += *ignores_case;
    if (!pil_scan_is_word_end(s, behind))
        return false;
    *expression = (pil_slice){s->text + begin, end - begin};
    s->at = behind;
    return true;
}

/* A number, or s, at `at`; moves behind it. A larger number than any text has words is
 * MAX_DISTANCE. */
static bool read_distance(pil_query_scanner *s, size_t at, uint32_t *distance, bool *in_sentence)
{
    size_t end = at;
    uint32_t number = 0;
    for (; end < s->length && s->text[end] >= '0' && s->text[end] <= '9'; end++) {
        number = number * 10 + (uint32_t)(s->text[end] - '0');
        if (number > MAX_DISTANCE)
            number = MAX_DISTANCE;
    }
    *in_sentence = end == at && end < s->length && s->text[end] == 's';
    end += *in_sentence;
    if (end == at || !pil_scan_is_word_end(s, end))
        return false;
    s->at = end;
    *distance = *in_sentence ? MAX_DISTANCE : number;
    return true;
}

bool pil_scan_near(pil_query_scanner *s, uint32_t *distance, bool *in_sentence)
{
    return pil_scan_begins_with(s, s->at, NEAR) &&
           read_distance(s, s->at + strlen(NEAR), distance, in_sentence);
}

bool pil_scan_distance(pil_query_scanner *s, uint32_t *distance, bool *in_sentence)
{
    return pil_scan_peek(s) == '~' && read_distance(s, s->at + 1, distance, in_sentence);
}
