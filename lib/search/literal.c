#include "literal.h"

#include <stdlib.h>
#include <string.h>

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Words of two letters and more, for one letter may be part of an acronym; and without capitals
 * inside, for they make a compound. */
static bool is_plain(const char *text, size_t length)
{
    size_t n_letters = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && is_letter(text[i])) {
            if (n_letters++ > 0 && text[i] < 'a')
                return false;
            continue;
        }
        if ((i < length && text[i] != ' ') || n_letters < 2)
            return false;
        n_letters = 0;
    }
    return true;
}

pil_status pil_literal_of(const pil_query *query, pil_literal *out)
{
    *out = (pil_literal){.bytes = NULL};
    const pil_node *node = query->root->parts;
    if (node == NULL || node->next != NULL || node->is_group || node->occur == PIL_OCCUR_MUST_NOT)
        return PIL_OK;
    const pil_clause *clause = &query->clauses[node->clause];
    bool is_words = clause->kind == PIL_CLAUSE_WORD || clause->kind == PIL_CLAUSE_PHRASE;
    if (!is_words || clause->is_exact || !is_plain(clause->text, clause->text_bytes))
        return PIL_OK;
    out->bytes = malloc(clause->text_bytes);
    if (out->bytes == NULL)
        return PIL_NO_MEMORY;
    memcpy(out->bytes, clause->text, clause->text_bytes);
    out->length = clause->text_bytes;
    return PIL_OK;
}

void pil_literal_dispose(pil_literal *literal)
{
    free(literal->bytes);
    *literal = (pil_literal){.bytes = NULL};
}

/* A capital at the beginning of a word does not matter, but of i: in Turkish I is another letter.
 */
static bool is_same(const pil_literal *literal, size_t i, char byte)
{
    char typed = literal->bytes[i], lower = (char)(typed | 0x20);
    bool begins_word = i == 0 || literal->bytes[i - 1] == ' ';
    return typed == byte ||
           (begins_word && lower != 'i' && is_letter(byte) && (char)(byte | 0x20) == lower);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n';
}

static bool ends_word(const char *text, size_t length, size_t at)
{
    if (at == length || is_blank(text[at]))
        return true;
    bool is_mark = memchr(".,;:!?)", text[at], 7) != NULL;
    return is_mark && (at + 1 == length || is_blank(text[at + 1]));
}

bool pil_literal_stands_in(const pil_literal *literal, const char *text, size_t length)
{
    bool begins_word = true;
    for (size_t at = 0; at + literal->length <= length; at++) {
        if (begins_word && is_same(literal, 0, text[at])) {
            size_t n = 1;
            while (n < literal->length && is_same(literal, n, text[at + n]))
                n++;
            if (n == literal->length && ends_word(text, length, at + n))
                return true;
        }
        begins_word = is_blank(text[at]) || text[at] == '(';
    }
    return false;
}
