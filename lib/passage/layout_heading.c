#include "layout_internal.h"
#include "passage_internal.h"

#include "base/utf8.h"

#include <string.h>
#include <unicode/uchar.h>

enum { TITLE_WEIGHT = 120, CANDIDATE_WEIGHT = 80, CANDIDATE_WORDS = 12, NUMBERED_LEVEL = 2 };
enum { CAPITALS_LEVEL = 2, OTHER_LEVEL = 3 };

typedef struct letters {
    size_t n_letters, n_upper, n_lower, n_digits, n_others; /* spaces are not counted */
    bool has_gap; /* columns, or a sentence that ends inside */
    bool has_comma;
    uint32_t first, last;
} letters;

static letters count_letters(const char *line, size_t length)
{
    letters l = {0};
    uint32_t previous = 0, before = 0;
    for (size_t at = 0; at < length;) {
        uint32_t c = pil_utf8_next(line, length, &at, NULL);
        UChar32 code = (UChar32)c;
        if (l.first == 0)
            l.first = c;
        if (u_isalpha(code))
            l.n_letters++;
        else if (u_isdigit(code))
            l.n_digits++;
        else if (c != ' ')
            l.n_others++;
        l.n_upper += u_isupper(code) != 0;
        l.n_lower += u_islower(code) != 0;
        l.has_comma |= c == ',';
        l.has_gap |= c == '\t' || (c == ' ' && ((previous == ' ' && before == ' ') ||
                                                previous == '.' || previous == ';'));
        before = previous;
        previous = c;
    }
    l.last = previous;
    return l;
}

/* The length of "1. " "1) " "1.2 " "2.3.1. " "IV. " at the begin of line, with the white space,
 * and how many numbers deep it is; 0 when there is none. */
static size_t section_number(const char *line, size_t length, int *depth)
{
    size_t at = 0;
    *depth = 1;
    while (at < length && at < 6 && strchr("IVXL", line[at]) != NULL)
        at++;
    if (at == 0) {
        size_t begin = 0;
        while (at < length && at < 16 &&
               ((line[at] >= '0' && line[at] <= '9') || line[at] == '.')) {
            if (line[at] == '.' && at == begin)
                return 0;
            if (line[at] == '.') {
                begin = at + 1;
                *depth += at + 1 < length && line[at + 1] >= '0' && line[at + 1] <= '9';
            } else if (at - begin >= 2) {
                return 0;
            }
            at++;
        }
        if (at == 0 || (*depth == 1 && line[at - 1] != '.' && (at == length || line[at] != ')')))
            return 0;
        at += at < length && line[at] == ')';
    } else if (at == length || line[at++] != '.') {
        return 0;
    }
    size_t behind = pil_passage_skip_space(line, at, length);
    return behind == at || behind == length ? 0 : behind;
}

static bool begins_heading(const letters *l, bool is_first)
{
    UChar32 first = (UChar32)l->first;
    if (is_first && (first == '"' || first == 0x201C || first == 0xAB || first == 0x201E))
        return true;
    return (u_isalpha(first) && !u_islower(first)) || (is_first && u_isdigit(first));
}

static bool ends_heading(const letters *l, bool is_first)
{
    UChar32 last = (UChar32)l->last;
    if (is_first && (last == '?' || last == '!' || last == '"' || last == 0x201D || last == 0xBB ||
                     last == 0x201C))
        return true;
    return u_isalnum(last) || last == ')';
}

pil_layout_candidate pil_layout_candidate_of(const char *line, size_t length, bool is_first)
{
    pil_layout_candidate none = {0};
    size_t most = is_first ? TITLE_WEIGHT : CANDIDATE_WEIGHT;
    if (length > most * 4 || pil_passage_weight(line, length) > most ||
        pil_passage_words(line, length, 2 * CANDIDATE_WORDS) >
            (size_t)(is_first ? 2 : 1) * CANDIDATE_WORDS)
        return none;
    int depth;
    size_t number = section_number(line, length, &depth);
    letters l = count_letters(line + number, length - number);
    if (l.n_letters < 3 || l.n_letters < l.n_digits + l.n_others || l.has_gap ||
        !begins_heading(&l, is_first && number == 0) || !ends_heading(&l, is_first))
        return none;
    /* A byline; a dateline. */
    if (strncmp(line, "By ", 3) == 0 || (!is_first && l.has_comma && l.n_digits > 0))
        return none;
    bool in_capitals = l.n_lower == 0 && l.n_upper >= 4;
    int level = number > 0    ? NUMBERED_LEVEL + depth - 1
                : in_capitals ? CAPITALS_LEVEL
                              : OTHER_LEVEL;
    return (pil_layout_candidate){
        .is_candidate = true,
        .is_strong = number > 0 || in_capitals,
        .is_numbered = number > 0,
        .level = is_first                     ? 1
                 : level > PIL_HEADING_LEVELS ? PIL_HEADING_LEVELS
                                              : level,
    };
}
