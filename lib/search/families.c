#include "families.h"

#include "base/utf8.h"
#include "bm25.h"
#include "searcher_internal.h"

#include <stdlib.h>
#include <string.h>

/* What a word of the family is of the word itself. */
#define TIMES 0.3

/* Of fewer letters, and a smaller part of the word, too many stems begin alike by chance, as
 * "contract" and "contraband". Some still do: "contract" and "contrast". */
enum { MIN_CHARACTERS = 5, MIN_THIRDS = 2 };

/* Of a compound: "skatt" in "skattereform", but not "ur" in "natur", nor "is" in "iser". */
enum { MIN_PART_CHARACTERS = 4, MIN_REST_CHARACTERS = 3 };

void pil_families_dispose(pil_families *families)
{
    for (size_t i = 0; i < families->n_items; i++)
        free(families->items[i].clauses);
    free(families->items);
    *families = (pil_families){0};
}

static bool has_digit(const char *term)
{
    return strpbrk(term, "0123456789") != NULL;
}

/* Whether words are written together to make others. */
static bool has_compounds(const char *language)
{
    static const char *const codes[] = {"da", "de", "et", "fi", "fo", "hu",
                                        "is", "nb", "nl", "nn", "no", "sv"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (strcmp(codes[i], language) == 0)
            return true;
    return false;
}

/* Whether the word begins or ends with the part. */
static bool is_part(const char *part, size_t part_bytes, const char *word, size_t word_bytes)
{
    if (part_bytes >= word_bytes || (memcmp(word, part, part_bytes) != 0 &&
                                     memcmp(word + word_bytes - part_bytes, part, part_bytes) != 0))
        return false;
    size_t n = pil_utf8_count(part, part_bytes);
    return n >= MIN_PART_CHARACTERS && pil_utf8_count(word, word_bytes) >= n + MIN_REST_CHARACTERS;
}

/* Both are UTF-8, so that they part inside a character or at its end. */
static bool begin_alike(const char *a, size_t a_bytes, const char *b, size_t b_bytes)
{
    size_t shorter = a_bytes < b_bytes ? a_bytes : b_bytes, n = 0;
    while (n < shorter && a[n] == b[n])
        n++;
    if (n < MIN_CHARACTERS)
        return false;
    size_t same = pil_utf8_count(a, pil_utf8_boundary(a, a_bytes, n));
    size_t in_a = pil_utf8_count(a, a_bytes), in_b = pil_utf8_count(b, b_bytes);
    return same >= MIN_CHARACTERS && 3 * same >= MIN_THIRDS * (in_a > in_b ? in_a : in_b);
}

static bool are_akin(bool has_parts, const char *a, size_t a_bytes, const char *b, size_t b_bytes)
{
    return begin_alike(a, a_bytes, b, b_bytes) ||
           (has_parts && (is_part(a, a_bytes, b, b_bytes) || is_part(b, b_bytes, a, a_bytes)));
}

/* The clause, plus 1, of the first word that the term is akin to; else 0. */
static uint32_t find_relative(const pil_query_words *words, const pil_relatives *relatives,
                              uint32_t number)
{
    const pil_words_of_language *in = relatives->in;
    const pil_intern_entry *term = &words->table->terms.entries[number];
    bool is_asked = number < in->n_clauses && in->clauses[number] > 0;
    if (is_asked || words->table->is_stop[number] || has_digit(term->bytes))
        return 0;
    for (size_t i = 0; i < in->n; i++) {
        const pil_word_reading *reading = &in->readings[i];
        if (reading->is_counted && words->run->weights[reading->clause] == 1 &&
            are_akin(relatives->has_compounds, reading->term, strlen(reading->term), term->bytes,
                     term->length))
            return reading->clause + 1;
    }
    return 0;
}

static pil_status find_language(pil_families *families, const pil_words_of_language *in,
                                pil_relatives **out, pil_error *err)
{
    for (size_t i = 0; i < families->n_items; i++) {
        *out = &families->items[i];
        if ((*out)->in == in)
            return PIL_OK;
    }
    pil_relatives *grown =
        realloc(families->items, (families->n_items + 1) * sizeof *families->items);
    if (grown == NULL)
        return pil_error_no_memory(err);
    families->items = grown;
    *out = &grown[families->n_items++];
    **out = (pil_relatives){.in = in, .has_compounds = has_compounds(in->language)};
    return PIL_OK;
}

/* Looks at the terms that came to the table since the last text. */
static pil_status look_at_new_terms(pil_relatives *relatives, const pil_query_words *words,
                                    pil_error *err)
{
    uint32_t n = words->table->terms.n_entries;
    if (n > relatives->capacity) {
        uint32_t *grown = realloc(relatives->clauses, 2 * (size_t)n * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        relatives->clauses = grown;
        relatives->capacity = 2 * n;
    }
    for (; relatives->n < n; relatives->n++)
        relatives->clauses[relatives->n] = find_relative(words, relatives, relatives->n);
    return PIL_OK;
}

pil_status pil_families_count(pil_families *families, const pil_query_words *words,
                              const pil_words_of_language *in, const pil_text_terms *text,
                              uint32_t *n_akin, pil_error *err)
{
    pil_relatives *relatives = NULL;
    memset(n_akin, 0, words->run->query->n_clauses * sizeof *n_akin);
    pil_status status = find_language(families, in, &relatives, err);
    if (status == PIL_OK)
        status = look_at_new_terms(relatives, words, err);
    for (size_t i = 0; i < text->n && status == PIL_OK; i++) {
        uint32_t clause = relatives->clauses[text->items[i].number];
        if (clause > 0)
            n_akin[clause - 1] += text->items[i].n_times;
    }
    return status;
}

double pil_families_score(const pil_query_words *words, const pil_words_of_language *in,
                          const pil_text_terms *text, double length, const pil_title_boost *boosts,
                          const uint32_t *n_akin)
{
    double sum = 0, norm = pil_bm25_norm(length);
    const pil_word_reading *reading;
    uint32_t n_times;
    for (size_t at = 0; (reading = pil_words_next(in, text, &at, &n_times)) != NULL;) {
        uint32_t clause = reading->clause;
        if (n_akin[clause] == 0)
            continue;
        double times = n_times / norm + PIL_TITLE_TIMES * boosts[clause].n_times;
        sum += pil_word_reading_factor(words, reading) * reading->idf *
               pil_bm25_gain(times, TIMES * n_akin[clause] / norm);
    }
    return sum;
}
