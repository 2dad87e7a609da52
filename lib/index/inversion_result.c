#include "inversion_internal.h"

#include "glass_coding.h"
#include "index/schema.h"
#include "string_sort.h"

#include <stdlib.h>
#include <string.h>

/* ---- sorting ---- */

static bool is_same_string(const pil_sorted_string *left, const pil_sorted_string *right)
{
    return left->length == right->length && memcmp(left->bytes, right->bytes, left->length) == 0;
}

/* Ranks the terms, those of one string alike. items has room for twice as many. */
static bool sort_terms(pil_inverter *run, pil_sorted_string *items)
{
    size_t n = run->n_terms;
    run->ranks = malloc((n + 1) * sizeof *run->ranks);
    run->sorted_terms = malloc((n + 1) * sizeof *run->sorted_terms);
    if (run->ranks == NULL || run->sorted_terms == NULL)
        return false;
    for (size_t i = 0; i < n; i++)
        items[i] = (pil_sorted_string){
            .bytes = run->terms[i].bytes, .length = run->terms[i].length, .id = (uint32_t)i};
    pil_string_sort(items, items + n, n);
    size_t n_sorted = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !is_same_string(&items[i], &items[i - 1]))
            run->sorted_terms[n_sorted++] =
                (pil_inverted_term){.bytes = items[i].bytes, .length = items[i].length};
        run->ranks[items[i].id] = (uint32_t)n_sorted - 1;
    }
    run->n_sorted_terms = n_sorted;
    return true;
}

/* As the lexicon compares languages: a "/" stands behind each. */
static int by_code(const void *left, const void *right)
{
    const pil_batch_language *const *one = left, *const *other = right;
    const unsigned char *a = (const unsigned char *)(*one)->code;
    const unsigned char *b = (const unsigned char *)(*other)->code;
    for (; *a != '\0' && *a == *b; a++, b++)
        ;
    return (*a != '\0' ? *a : '/') - (*b != '\0' ? *b : '/');
}

/* Appends the words of one language, items[0..n), sorted. */
static void take_words(pil_inverter *run, const pil_sorted_string *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const pil_word_count *word = &run->words[items[i].id];
        if (i == 0 || !is_same_string(&items[i], &items[i - 1]))
            run->sorted_words[run->n_sorted_words++] =
                (pil_sorted_word){.name = run->names[items[i].id], .term = word->term};
        pil_sorted_word *sorted = &run->sorted_words[run->n_sorted_words - 1];
        sorted->n_written += word->n_written;
        sorted->n_derived += word->n_derived;
    }
}

/* Sorts the words, those of one form and language together. items has room for twice as many. */
static bool sort_words(pil_inverter *run, pil_sorted_string *items)
{
    run->sorted_words = malloc((run->n_words + 1) * sizeof *run->sorted_words);
    const pil_batch_language **order = malloc((run->n_languages + 1) * sizeof *order);
    if (run->sorted_words == NULL || order == NULL) {
        free(order);
        return false;
    }
    for (size_t i = 0; i < run->n_languages; i++)
        order[i] = &run->languages[i];
    qsort(order, run->n_languages, sizeof *order, by_code);
    for (size_t i = 0; i < run->n_languages; i++) {
        size_t n = 0;
        for (size_t j = 0; j < run->n_words; j++)
            if (&run->languages[run->names[j].language] == order[i])
                items[n++] = (pil_sorted_string){
                    .bytes = run->names[j].form, .length = run->names[j].length, .id = (uint32_t)j};
        pil_string_sort(items, items + run->n_words, n);
        take_words(run, items, n);
    }
    free(order);
    return true;
}

static pil_status sort_all(pil_inverter *run, pil_error *err)
{
    size_t n = run->n_terms > run->n_words ? run->n_terms : run->n_words;
    pil_sorted_string *items = malloc((2 * n + 1) * sizeof *items);
    bool has_room = items != NULL && sort_terms(run, items) && sort_words(run, items);
    free(items);
    return has_room ? PIL_OK : pil_error_no_memory(err);
}

/* ---- postings ---- */

/* A sum, for no loop over the bytes could be foreseen. */
static inline size_t number_bytes(uint32_t number)
{
    return (size_t)1 + (number >= 1u << 7) + (number >= 1u << 14) + (number >= 1u << 21) +
           (number >= 1u << 28);
}

static inline unsigned char *put_number(unsigned char *out, uint32_t number)
{
    if (number >= 0x80)
        return out + pil_glass_put_number(out, number);
    *out = (unsigned char)number;
    return out + 1;
}

static inline void measure_posting(pil_postings *postings, uint32_t docid, uint32_t wdf)
{
    postings->length += number_bytes(docid - postings->last - 1) + number_bytes(wdf);
    postings->n++;
    postings->last = docid;
    postings->collection_frequency += wdf;
    if (wdf > postings->max_wdf)
        postings->max_wdf = wdf;
}

/* Counts what each term has in the log, whose terms become ranks. */
static void measure_postings(pil_inverter *run)
{
    size_t at = 0;
    for (uint32_t docid = 1; docid <= run->n_paragraphs; docid++) {
        for (; at < run->ends[docid - 1]; at++) {
            pil_log_entry *entry = &run->log[at];
            entry->term = run->ranks[entry->term];
            measure_posting(&run->sorted_terms[entry->term].postings, docid, entry->wdf);
        }
    }
}

static void measure_lengths(const pil_inverter *run, pil_inversion *out)
{
    out->n_paragraphs = run->n_paragraphs;
    for (uint32_t docid = 1; docid <= run->n_paragraphs; docid++) {
        uint32_t length = run->lengths[docid - 1];
        measure_posting(&out->lengths, docid, length);
        if (length > 0 && (out->min_length == 0 || length < out->min_length))
            out->min_length = length;
    }
    out->max_length = out->lengths.max_wdf;
}

/* Where the next posting of a term goes. */
typedef struct posting_cursor {
    unsigned char *at;
    uint32_t last;
} posting_cursor;

static inline void put_posting(posting_cursor *cursor, uint32_t docid, uint32_t wdf)
{
    cursor->at = put_number(cursor->at, docid - cursor->last - 1);
    cursor->at = put_number(cursor->at, wdf);
    cursor->last = docid;
}

/* Places the postings one term after another into bytes, then the lengths. */
static pil_status put_postings(const pil_inverter *run, pil_inversion *out, unsigned char *bytes,
                               pil_error *err)
{
    posting_cursor *cursors = malloc((out->n_terms + 1) * sizeof *cursors);
    if (cursors == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < out->n_terms; i++) {
        out->terms[i].postings.bytes = bytes;
        cursors[i] = (posting_cursor){.at = bytes};
        bytes += out->terms[i].postings.length;
    }
    out->lengths.bytes = bytes;
    posting_cursor lengths = {.at = bytes};
    size_t at = 0;
    for (uint32_t docid = 1; docid <= run->n_paragraphs; docid++) {
        for (; at < run->ends[docid - 1]; at++)
            put_posting(&cursors[run->log[at].term], docid, run->log[at].wdf);
        put_posting(&lengths, docid, run->lengths[docid - 1]);
    }
    free(cursors);
    return PIL_OK;
}

/* ---- the result ---- */

/* The string of a term behind its prefix, which has one byte: a stem, a language. */
static const char *behind_prefix(const char *term)
{
    return term + 1;
}

/* A form that is its own stem needs no place of its own. */
static bool is_own_stem(const pil_inverter *run, const pil_sorted_word *word)
{
    return word->name.form == behind_prefix(run->terms[word->term].bytes);
}

/* Copies the string and moves *at behind it. */
static const char *put_string(char **at, const char *string, size_t length)
{
    char *copy = *at;
    memcpy(copy, string, length + 1);
    *at = copy + length + 1;
    return copy;
}

static size_t measure_strings(const pil_inverter *run)
{
    size_t bytes = 0;
    for (size_t i = 0; i < run->n_sorted_terms; i++)
        bytes += run->sorted_terms[i].length + 1;
    for (size_t i = 0; i < run->n_sorted_words; i++)
        if (!is_own_stem(run, &run->sorted_words[i]))
            bytes += run->sorted_words[i].name.length + 1;
    return bytes;
}

static void put_terms(const pil_inverter *run, pil_inversion *out, char **strings)
{
    for (size_t i = 0; i < out->n_terms; i++) {
        out->terms[i] = run->sorted_terms[i];
        out->terms[i].bytes = put_string(strings, out->terms[i].bytes, out->terms[i].length);
    }
}

/* The terms stand already: words share their strings. */
static void put_words(const pil_inverter *run, pil_inversion *out, char **strings)
{
    for (size_t i = 0; i < out->n_words; i++) {
        const pil_sorted_word *word = &run->sorted_words[i];
        uint32_t label = run->languages[word->name.language].label;
        const char *stem = behind_prefix(out->terms[run->ranks[word->term]].bytes);
        out->words[i] =
            (pil_lexicon_word){.language = behind_prefix(out->terms[run->ranks[label]].bytes),
                               .form = is_own_stem(run, word) ? stem
                                                              : put_string(strings, word->name.form,
                                                                           word->name.length),
                               .stem = stem,
                               .n_written = word->n_written,
                               .n_derived = word->n_derived};
    }
}

/* Copies everything into one piece of memory, which is as large as the result is. */
static pil_status put_all(const pil_inverter *run, pil_inversion *out, pil_error *err)
{
    size_t string_bytes = measure_strings(run);
    size_t posting_bytes = out->lengths.length;
    for (size_t i = 0; i < run->n_sorted_terms; i++)
        posting_bytes += run->sorted_terms[i].postings.length;
    out->n_terms = run->n_sorted_terms;
    out->n_words = run->n_sorted_words;
    char *memory = pil_arena_alloc(&out->arena, out->n_terms * sizeof *out->terms +
                                                    out->n_words * sizeof *out->words +
                                                    string_bytes + posting_bytes);
    if (memory == NULL)
        return pil_error_no_memory(err);
    out->terms = (pil_inverted_term *)(void *)memory;
    out->words = (pil_lexicon_word *)(void *)(out->terms + out->n_terms);
    char *strings = (char *)(out->words + out->n_words);
    unsigned char *postings = (unsigned char *)strings + string_bytes;
    put_terms(run, out, &strings);
    put_words(run, out, &strings);
    return put_postings(run, out, postings, err);
}

pil_status pil_inverter_finish(pil_inverter *run, pil_inversion *out, pil_error *err)
{
    pil_status status = sort_all(run, err);
    if (status != PIL_OK)
        return status;
    measure_postings(run);
    measure_lengths(run, out);
    return put_all(run, out, err);
}
