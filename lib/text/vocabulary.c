#include "vocabulary.h"

#include "base/arena.h"
#include "base/intern.h"
#include "base/utf8.h"
#include "split.h"
#include "stemmer.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

struct pil_vocabulary {
    char language[PIL_LANGUAGE_MAX];
    pil_fold_rules rules;
    bool elides;
    pil_folder *folder;
    pil_stemmer *stemmer;
    pil_word_table words;
    pil_intern strings; /* forms and terms */
    pil_arena arena;    /* parts */
    pil_buffer form, term;
};

static bool is_one_of(const char *language, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, language) == 0)
            return true;
    return false;
}

pil_status pil_vocabulary_new(pil_vocabulary **out, const char *language, pil_folder *folder,
                              pil_error *err)
{
    static const char *const serbian[] = {"sr", "hr", "bs", "cnr", "sh", NULL};
    static const char *const eliding[] = {"fr", "it", "ca", NULL};
    *out = NULL;
    pil_vocabulary *vocabulary = calloc(1, sizeof *vocabulary);
    if (vocabulary == NULL)
        return pil_error_no_memory(err);
    snprintf(vocabulary->language, sizeof vocabulary->language, "%s", language);
    vocabulary->rules.is_serbian = is_one_of(language, serbian);
    vocabulary->rules.apostrophe_ends_word = strcmp(language, "tr") == 0;
    vocabulary->elides = is_one_of(language, eliding);
    vocabulary->folder = folder;
    pil_buffer_init(&vocabulary->form, SIZE_MAX / 2);
    pil_buffer_init(&vocabulary->term, SIZE_MAX / 2);
    pil_status status = pil_stemmer_new(&vocabulary->stemmer, language, err);
    if (status == PIL_OK)
        *out = vocabulary;
    else
        pil_vocabulary_free(vocabulary);
    return status;
}

void pil_vocabulary_free(pil_vocabulary *vocabulary)
{
    if (vocabulary == NULL)
        return;
    pil_stemmer_free(vocabulary->stemmer);
    pil_word_table_dispose(&vocabulary->words);
    pil_intern_dispose(&vocabulary->strings);
    pil_arena_dispose(&vocabulary->arena);
    pil_buffer_dispose(&vocabulary->form);
    pil_buffer_dispose(&vocabulary->term);
    free(vocabulary);
}

const char *pil_vocabulary_language(const pil_vocabulary *vocabulary)
{
    return vocabulary->language;
}

bool pil_vocabulary_elides(const pil_vocabulary *vocabulary)
{
    return vocabulary->elides;
}

size_t pil_vocabulary_bytes(const pil_vocabulary *vocabulary)
{
    return pil_word_table_bytes(&vocabulary->words) + pil_intern_bytes(&vocabulary->strings) +
           vocabulary->arena.total_bytes;
}

/* A form or term that is stored. */
typedef struct kept_string {
    const char *bytes;
    uint32_t number;
    uint8_t length;
} kept_string;

static pil_status keep(pil_vocabulary *vocabulary, const pil_buffer *string, kept_string *out,
                       pil_error *err)
{
    assert(string->length <= PIL_TERM_MAX_BYTES);
    uint32_t number;
    if (pil_intern_add(&vocabulary->strings, string->bytes, string->length, &number, NULL) !=
        PIL_OK)
        return pil_error_no_memory(err);
    *out = (kept_string){.bytes = vocabulary->strings.entries[number].bytes,
                         .number = number,
                         .length = (uint8_t)string->length};
    return PIL_OK;
}

static pil_status shorten_and_keep(pil_vocabulary *vocabulary, pil_buffer *string, kept_string *out,
                                   pil_error *err)
{
    if (string->length > PIL_TERM_MAX_BYTES) {
        pil_status status = pil_stemmer_abbreviate(string, string->bytes, string->length, err);
        if (status != PIL_OK)
            return status;
    }
    return keep(vocabulary, string, out, err);
}

/* Stems the form in vocabulary->form and stores both. */
static pil_status stem_and_keep(pil_vocabulary *vocabulary, kept_string *term, kept_string *form,
                                pil_error *err)
{
    pil_buffer *form_buffer = &vocabulary->form, *term_buffer = &vocabulary->term;
    pil_status status = pil_stemmer_stem(vocabulary->stemmer, form_buffer->bytes,
                                         form_buffer->length, term_buffer, err);
    bool is_same = status == PIL_OK && term_buffer->length == form_buffer->length &&
                   memcmp(term_buffer->bytes, form_buffer->bytes, form_buffer->length) == 0;
    if (status == PIL_OK)
        status = shorten_and_keep(vocabulary, form_buffer, form, err);
    if (status == PIL_OK && !is_same)
        return shorten_and_keep(vocabulary, term_buffer, term, err);
    *term = *form;
    return status;
}

static pil_status analyse(pil_vocabulary *vocabulary, const char *text, size_t length,
                          kept_string *term, kept_string *form, pil_error *err)
{
    pil_status status =
        pil_fold_word(vocabulary->folder, &vocabulary->rules, text, length, &vocabulary->form, err);
    return status == PIL_OK ? stem_and_keep(vocabulary, term, form, err) : status;
}

static void set_strings(pil_word *word, const kept_string *term, const kept_string *form)
{
    word->term = term->bytes;
    word->term_number = term->number;
    word->term_length = term->length;
    word->form = form->bytes;
    word->form_number = form->number;
    word->form_length = form->length;
    word->is_known = true;
}

/* The end of the capitalised part that begins at at, a capital and two or more small letters; at
 * when there is none. */
static size_t capitalised_end(const char *text, size_t length, size_t at)
{
    size_t next = at;
    if (!u_isupper((UChar32)pil_utf8_next(text, length, &next, NULL)))
        return at;
    size_t end = next;
    size_t n_small = 0;
    while (next < length && u_islower((UChar32)pil_utf8_next(text, length, &next, NULL))) {
        n_small++;
        end = next;
    }
    return n_small >= 2 ? end : at;
}

/* The ends of the parts of a word like EuroAtlantic, which may be followed by a possessive; 0 for
 * other words. */
static size_t find_parts(const char *text, size_t length, size_t ends[PIL_VOCABULARY_MAX_PARTS])
{
    size_t n = 0, at = 0;
    while (at < length && n < PIL_VOCABULARY_MAX_PARTS) {
        size_t end = capitalised_end(text, length, at);
        if (end == at)
            break;
        ends[n++] = end;
        at = end;
    }
    size_t apostrophe = pil_split_apostrophe(text + at, length - at);
    bool is_possessive = apostrophe > 0 && at + apostrophe + 1 == length && text[length - 1] == 's';
    return (at == length || is_possessive) && n >= 2 ? n : 0;
}

static pil_status analyse_part(pil_vocabulary *vocabulary, const char *text, size_t begin,
                               size_t end, pil_word_part *part, pil_error *err)
{
    kept_string term, form;
    pil_status status = analyse(vocabulary, text + begin, end - begin, &term, &form, err);
    if (status == PIL_OK)
        *part = (pil_word_part){.term = term.bytes,
                                .form = form.bytes,
                                .term_number = term.number,
                                .form_number = form.number,
                                .term_length = term.length,
                                .form_length = form.length,
                                .begin_byte = (uint32_t)begin,
                                .end_byte = (uint32_t)end};
    return status;
}

static pil_status analyse_parts(pil_vocabulary *vocabulary, const char *text, size_t length,
                                pil_word *word, pil_error *err)
{
    size_t ends[PIL_VOCABULARY_MAX_PARTS];
    size_t n = find_parts(text, length, ends);
    if (n == 0)
        return PIL_OK;
    pil_word_part *parts = pil_arena_alloc(&vocabulary->arena, n * sizeof *parts);
    if (parts == NULL)
        return pil_error_no_memory(err);
    size_t begin = 0;
    for (size_t i = 0; i < n; i++) {
        pil_status status = analyse_part(vocabulary, text, begin, ends[i], &parts[i], err);
        if (status != PIL_OK)
            return status;
        begin = ends[i];
    }
    word->parts = parts;
    word->n_parts = (unsigned char)(n & 0xF);
    return PIL_OK;
}

static bool is_number(const char *text, size_t length)
{
    for (size_t at = 0; at < length;)
        if (!u_isdigit((UChar32)pil_utf8_next(text, length, &at, NULL)))
            return false;
    return true;
}

static pil_status find_or_add(pil_vocabulary *vocabulary, const char *text, size_t length,
                              pil_word **word, pil_error *err)
{
    pil_wanted_word wanted;
    pil_word_table_expect(&vocabulary->words, text, length, length, &wanted);
    return pil_word_table_get(&vocabulary->words, &wanted, word) == PIL_OK
               ? PIL_OK
               : pil_error_no_memory(err);
}

void pil_vocabulary_expect(const pil_vocabulary *vocabulary, const char *text, size_t length,
                           size_t n_readable, pil_wanted_word *out)
{
    if (length <= PIL_FOLD_MAX_BYTES)
        pil_word_table_expect(&vocabulary->words, text, length, n_readable, out);
    else
        *out = (pil_wanted_word){.bytes = text, .length = length};
}

/* A word longer than anything people write is not folded as a whole: its form is its beginning,
 * folded, and a hash over the bytes as they are. The form is what it is remembered by. */
static pil_status find_huge(pil_vocabulary *vocabulary, const char *text, size_t length,
                            pil_word **word, pil_error *err)
{
    pil_buffer *form = &vocabulary->form;
    size_t beginning = pil_utf8_boundary(text, length, PIL_TERM_MAX_BYTES);
    pil_status status =
        pil_fold_word(vocabulary->folder, &vocabulary->rules, text, beginning, form, err);
    if (status == PIL_OK)
        status = pil_stemmer_abbreviate(form, text, length, err);
    if (status == PIL_OK)
        status = find_or_add(vocabulary, form->bytes, form->length, word, err);
    if (status != PIL_OK || (*word)->is_known)
        return status;
    kept_string kept = {0};
    status = keep(vocabulary, form, &kept, err);
    if (status == PIL_OK)
        set_strings(*word, &kept, &kept);
    return status;
}

static pil_status learn(pil_vocabulary *vocabulary, const char *text, size_t length, pil_word *word,
                        pil_error *err)
{
    kept_string term, form;
    word->is_number = is_number(text, length);
    pil_status status = analyse_parts(vocabulary, text, length, word, err);
    if (status == PIL_OK)
        status = analyse(vocabulary, text, length, &term, &form, err);
    if (status == PIL_OK)
        set_strings(word, &term, &form);
    return status;
}

static pil_status find_unknown(pil_vocabulary *vocabulary, const pil_wanted_word *wanted,
                               const pil_word **word, pil_error *err)
{
    pil_word *found = NULL;
    pil_status status = PIL_OK;
    if (wanted->length > PIL_FOLD_MAX_BYTES)
        status = find_huge(vocabulary, wanted->bytes, wanted->length, &found, err);
    else if (pil_word_table_get(&vocabulary->words, wanted, &found) != PIL_OK)
        status = pil_error_no_memory(err);
    else if (!found->is_known)
        status = learn(vocabulary, wanted->bytes, wanted->length, found, err);
    *word = found;
    return status;
}

pil_status pil_vocabulary_find(pil_vocabulary *vocabulary, const pil_wanted_word *wanted,
                               const pil_word **word, pil_error *err)
{
    if (wanted->length <= PIL_FOLD_MAX_BYTES) {
        *word = pil_word_table_peek(&vocabulary->words, wanted);
        if (*word != NULL)
            return PIL_OK;
    }
    return find_unknown(vocabulary, wanted, word, err);
}

pil_status pil_vocabulary_find_joined(pil_vocabulary *vocabulary, const char *text, size_t length,
                                      const pil_word *words, size_t n_words, const pil_word **word,
                                      pil_error *err)
{
    pil_word *found = NULL;
    pil_status status = find_or_add(vocabulary, text, length, &found, err);
    *word = found;
    if (status != PIL_OK || found->is_known)
        return status;
    pil_buffer_clear(&vocabulary->form);
    for (size_t i = 0; i < n_words; i++)
        if (pil_buffer_append(&vocabulary->form, words[i].form, words[i].form_length) != PIL_OK)
            return pil_error_no_memory(err);
    kept_string term, form;
    status = stem_and_keep(vocabulary, &term, &form, err);
    if (status == PIL_OK)
        set_strings(found, &term, &form);
    return status;
}
