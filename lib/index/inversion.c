#include "inversion_internal.h"

#include "index/schema.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKENS_AT_ONCE = 64 };

static void dispose(pil_inverter *run)
{
    for (size_t i = 0; i < run->n_languages; i++) {
        free(run->languages[i].terms);
        free(run->languages[i].words);
    }
    pil_acronym_table_dispose(&run->acronyms);
    pil_arena_dispose(&run->strings);
    free(run->terms);
    free(run->words);
    free(run->names);
    free(run->languages);
    free(run->log);
    free(run->ends);
    free(run->lengths);
    free(run->marks);
    free(run->sorted_terms);
    free(run->sorted_words);
    free(run->ranks);
}

/* Room for n items of size bytes in *array. */
static bool reserve(void **array, size_t *capacity, size_t n, size_t size)
{
    if (n <= *capacity)
        return true;
    size_t grown = *capacity < 1024 ? 1024 : *capacity * 2;
    if (grown < n)
        grown = n;
    if (grown > SIZE_MAX / size)
        return false;
    void *memory = realloc(*array, grown * size);
    if (memory == NULL)
        return false;
    *array = memory;
    *capacity = grown;
    return true;
}

/* ---- numbers of the analyser ---- */

static bool add_term(pil_inverter *run, const char *prefix, const char *bytes, size_t length,
                     uint32_t *index)
{
    void *terms = run->terms;
    bool has_room = reserve(&terms, &run->terms_capacity, run->n_terms + 1, sizeof *run->terms);
    run->terms = terms;
    size_t prefix_length = strlen(prefix);
    char *copy = pil_arena_alloc(&run->strings, prefix_length + length + 1);
    if (!has_room || copy == NULL)
        return false;
    memcpy(copy, prefix, prefix_length);
    memcpy(copy + prefix_length, bytes, length);
    copy[prefix_length + length] = '\0';
    *index = (uint32_t)run->n_terms++;
    run->terms[*index] =
        (pil_found_term){.bytes = copy, .length = (uint32_t)(prefix_length + length)};
    return true;
}

static uint32_t find_mark(const pil_inverter *run, const pil_token *token)
{
    if (run->common == NULL)
        return 0;
    uint32_t number = pil_intern_find(&run->common->stems, token->term, token->term_bytes);
    return number == PIL_INTERN_NONE ? 0 : number + 1;
}

/* Room in the tables for the token's numbers. */
static bool cover_numbers(pil_batch_language *language, const pil_token *token)
{
    size_t old = language->n_numbers;
    size_t n = (token->form_number > token->term_number ? token->form_number : token->term_number);
    if (n < old)
        return true;
    size_t terms_capacity = old, words_capacity = old;
    void *terms = language->terms, *words = language->words;
    bool has_room = reserve(&terms, &terms_capacity, n + 1, sizeof *language->terms) &&
                    reserve(&words, &words_capacity, n + 1, sizeof *language->words);
    language->terms = terms;
    language->words = words;
    if (!has_room)
        return false;
    memset(language->terms + old, 0, (words_capacity - old) * sizeof *language->terms);
    memset(language->words + old, 0, (words_capacity - old) * sizeof *language->words);
    language->n_numbers = words_capacity;
    return true;
}

static bool make_room_for_word(pil_inverter *run)
{
    void *words = run->words, *names = run->names;
    bool has_room = reserve(&words, &run->words_capacity, run->n_words + 1, sizeof *run->words) &&
                    reserve(&names, &run->names_capacity, run->n_words + 1, sizeof *run->names);
    run->words = words;
    run->names = names;
    return has_room;
}

static bool add_word(pil_inverter *run, pil_batch_language *language, const pil_token *token,
                     uint32_t *index)
{
    if (!make_room_for_word(run) || !cover_numbers(language, token))
        return false;
    uint32_t *known_term = &language->terms[token->term_number];
    uint32_t term = *known_term - 1;
    if (*known_term == 0 && !add_term(run, PIL_PREFIX_STEM, token->term, token->term_bytes, &term))
        return false;
    *known_term = term + 1;
    const char *form = token->form_number == token->term_number
                           ? run->terms[term].bytes + sizeof PIL_PREFIX_STEM - 1
                           : pil_arena_copy(&run->strings, token->form, token->form_bytes);
    if (form == NULL)
        return false;
    *index = (uint32_t)run->n_words++;
    run->words[*index] = (pil_word_count){.term = term, .mark = find_mark(run, token)};
    run->names[*index] = (pil_word_name){.form = form,
                                         .length = token->form_bytes,
                                         .language = (uint32_t)(language - run->languages)};
    language->words[token->form_number] = *index + 1;
    return true;
}

static inline bool find_word(pil_inverter *run, pil_batch_language *language,
                             const pil_token *token, uint32_t *index)
{
    uint32_t known = 0;
    if (token->form_number < language->n_numbers)
        known = language->words[token->form_number];
    *index = known - 1;
    return known != 0 || add_word(run, language, token, index);
}

/* NULL when memory ran out. */
static pil_batch_language *find_language(pil_inverter *run, const char *code)
{
    for (size_t i = run->n_languages; i-- > 0;)
        if (strcmp(run->languages[i].code, code) == 0)
            return &run->languages[i];
    void *languages = run->languages;
    bool has_room =
        reserve(&languages, &run->languages_capacity, run->n_languages + 1, sizeof *run->languages);
    run->languages = languages;
    pil_batch_language new_one = {.code = code};
    if (!has_room || !add_term(run, PIL_PREFIX_LANGUAGE, code, strlen(code), &new_one.label))
        return NULL;
    run->languages[run->n_languages] = new_one;
    return &run->languages[run->n_languages++];
}

static void forget_numbers(pil_inverter *run)
{
    for (size_t i = 0; i < run->n_languages; i++) {
        pil_batch_language *language = &run->languages[i];
        if (language->n_numbers == 0)
            continue;
        memset(language->terms, 0, language->n_numbers * sizeof *language->terms);
        memset(language->words, 0, language->n_numbers * sizeof *language->words);
    }
    run->epoch = pil_analyser_epoch(run->analyser);
}

/* ---- reading ---- */

static inline size_t paragraph_begin(const pil_inverter *run, uint32_t docid)
{
    return docid == 1 ? 0 : run->ends[docid - 2];
}

/* Counts the term in the current paragraph, which begins at begin in the log. Whether the paragraph
 * has it already cannot be foreseen: so an entry is always written, and stays if it is new. */
static inline void count_term(pil_inverter *run, size_t begin, uint32_t index, uint32_t wdf)
{
    pil_found_term *term = &run->terms[index];
    bool is_new = term->last != run->docid;
    uint32_t place = is_new ? (uint32_t)(run->n_log - begin) : term->place;
    term->last = run->docid;
    term->place = place;
    run->log[run->n_log] = (pil_log_entry){.term = index};
    run->n_log += is_new;
    run->log[begin + place].wdf += wdf;
}

static inline void count_word(const pil_inverter *run, pil_word_count *word, bool is_written)
{
    uint32_t *last = is_written ? &word->last_written : &word->last_derived;
    uint32_t *n = is_written ? &word->n_written : &word->n_derived;
    *n += *last != run->docid;
    *last = run->docid;
}

/* The words of tokens[0..n), n up to TOKENS_AT_ONCE, are all found before the first is counted, and
 * counted before the first term is: so the memory brings many at a time, not one after another. */
static bool count_some(pil_inverter *run, pil_batch_language *language, size_t begin,
                       const pil_token *tokens, size_t n, uint8_t *marks, uint32_t *length)
{
    uint32_t indexes[TOKENS_AT_ONCE];
    for (size_t i = 0; i < n; i++) {
        if (!find_word(run, language, &tokens[i], &indexes[i]))
            return false;
        __builtin_prefetch(&run->words[indexes[i]]);
    }
    for (size_t i = 0; i < n; i++) {
        pil_word_count *word = &run->words[indexes[i]];
        bool is_written = tokens[i].kind == PIL_TOKEN_WORD;
        *length += is_written;
        count_word(run, word, is_written);
        marks[i] = (uint8_t)word->mark;
        indexes[i] = word->term;
        __builtin_prefetch(&run->terms[word->term]);
    }
    for (size_t i = 0; i < n; i++)
        count_term(run, begin, indexes[i], tokens[i].kind == PIL_TOKEN_WORD);
    return true;
}

static bool count_tokens(pil_inverter *run, pil_batch_language *language, const pil_token *tokens,
                         size_t n_tokens)
{
    size_t begin = run->n_log;
    uint32_t length = 0;
    for (size_t i = 0; i < n_tokens; i += TOKENS_AT_ONCE) {
        size_t n = n_tokens - i < TOKENS_AT_ONCE ? n_tokens - i : TOKENS_AT_ONCE;
        if (!count_some(run, language, begin, tokens + i, n, run->marks + i, &length))
            return false;
    }
    run->lengths[run->docid - 1] = length;
    return true;
}

static bool count_gram(pil_inverter *run, size_t begin, const pil_token *first,
                       const pil_token *second, uint32_t *known)
{
    uint32_t index = *known - 1;
    if (*known == 0) {
        char term[PIL_GRAM_MAX_BYTES];
        size_t length =
            pil_gram_term(first->term, first->term_bytes, second->term, second->term_bytes, term);
        if (!add_term(run, "", term, length, &index))
            return false;
        *known = index + 1;
    }
    count_term(run, begin, index, 0);
    return true;
}

/* Pairs of common words that follow one another. Tokens come in order of position. */
static bool count_grams(pil_inverter *run, size_t begin, const pil_token *tokens, size_t n_tokens)
{
    for (size_t i = 0; i < n_tokens; i++) {
        if (run->marks[i] == 0)
            continue;
        uint32_t next = tokens[i].position + tokens[i].n_positions;
        size_t j = i + 1;
        while (j < n_tokens && tokens[j].position < next)
            j++;
        for (; j < n_tokens && tokens[j].position == next; j++)
            if (run->marks[j] != 0 && !count_gram(run, begin, &tokens[i], &tokens[j],
                                                  &run->grams[run->marks[i]][run->marks[j]]))
                return false;
    }
    return true;
}

/* The terms that name the article: its first paragraph has them. The seed is the beginning of the
 * key unless the article was moved. */
static bool count_article(pil_inverter *run, size_t begin, const pil_batch_article *article)
{
    char seed[9];
    snprintf(seed, sizeof seed, "%08x", (unsigned)article->meta.id_seed);
    uint32_t key_term, seed_term;
    if (!add_term(run, PIL_PREFIX_ARTICLE, article->key.hex, PIL_DIGEST_LENGTH, &key_term))
        return false;
    count_term(run, begin, key_term, 0);
    if (strncmp(seed, article->key.hex, 8) == 0)
        return true;
    if (!add_term(run, PIL_PREFIX_ID, seed, 8, &seed_term))
        return false;
    count_term(run, begin, seed_term, 0);
    return true;
}

/* A language is noted where it begins in an article. */
static bool begins_language(const pil_batch_article *article, const pil_record *record)
{
    return record == article->paragraphs || strcmp(record->language, record[-1].language) != 0;
}

/* Room for what the paragraph's n_tokens can add to the log, and one entry that does not stay. */
static bool reserve_log(pil_inverter *run, size_t n_tokens)
{
    void *log = run->log, *marks = run->marks;
    size_t n = run->n_log + n_tokens + (size_t)N_MARKS * N_MARKS + N_LABELS + 1;
    bool has_room = reserve(&log, &run->log_capacity, n, sizeof *run->log) &&
                    reserve(&marks, &run->marks_capacity, n_tokens, sizeof *run->marks);
    run->log = log;
    run->marks = marks;
    return has_room;
}

static pil_status read_paragraph(pil_inverter *run, const pil_batch_article *article,
                                 const pil_record *record, pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens, begin = run->n_log;
    pil_status status = pil_analyser_run(run->analyser, record->language, record->text,
                                         record->text_bytes, &tokens, &n_tokens, err);
    if (status != PIL_OK)
        return status;
    if (pil_analyser_epoch(run->analyser) != run->epoch)
        forget_numbers(run);
    if (pil_acronym_table_mine(&run->acronyms, record->text, record->text_bytes, tokens,
                               n_tokens) != PIL_OK)
        return pil_error_no_memory(err);
    run->docid++;
    pil_batch_language *language = find_language(run, record->language);
    if (language == NULL || !reserve_log(run, n_tokens) ||
        !count_tokens(run, language, tokens, n_tokens))
        return pil_error_no_memory(err);
    if (run->common != NULL && !count_grams(run, begin, tokens, n_tokens))
        return pil_error_no_memory(err);
    if (record == article->paragraphs && !count_article(run, begin, article))
        return pil_error_no_memory(err);
    if (begins_language(article, record))
        count_term(run, begin, language->label, 0);
    run->ends[run->docid - 1] = run->n_log;
    return PIL_OK;
}

static pil_status read_batch(pil_inverter *run, const pil_batch *batch, pil_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < batch->n_articles; i++)
        if (batch->articles[i].is_wanted)
            n += batch->articles[i].meta.n_paragraphs;
    assert(n < UINT32_MAX);
    run->n_paragraphs = (uint32_t)n;
    run->ends = malloc((n + 1) * sizeof *run->ends);
    run->lengths = malloc((n + 1) * sizeof *run->lengths);
    if (run->ends == NULL || run->lengths == NULL)
        return pil_error_no_memory(err);
    run->epoch = pil_analyser_epoch(run->analyser);
    for (size_t i = 0; i < batch->n_articles; i++) {
        const pil_batch_article *article = &batch->articles[i];
        for (uint32_t j = 0; article->is_wanted && j < article->meta.n_paragraphs; j++) {
            pil_status status = read_paragraph(run, article, &article->paragraphs[j], err);
            if (status != PIL_OK)
                return status;
        }
    }
    return PIL_OK;
}
pil_status pil_inversion_make(const pil_batch *batch, pil_analyser *analyser,
                              const pil_common_words *common, pil_inversion **out, pil_error *err)
{
    *out = NULL;
    pil_inverter *run = calloc(1, sizeof *run);
    pil_inversion *inversion = calloc(1, sizeof *inversion);
    pil_status status = PIL_OK;
    if (run == NULL || inversion == NULL) {
        status = pil_error_no_memory(err);
        goto done;
    }
    run->analyser = analyser;
    run->common = common;
    status = read_batch(run, batch, err);
    if (status == PIL_OK)
        status = pil_inverter_finish(run, inversion, err);
    inversion->acronyms = run->acronyms;
    run->acronyms = (pil_acronym_table){0};
done:
    if (run != NULL)
        dispose(run);
    free(run);
    if (status == PIL_OK)
        *out = inversion;
    else
        pil_inversion_free(inversion);
    return status;
}

void pil_inversion_free(pil_inversion *inversion)
{
    if (inversion == NULL)
        return;
    pil_acronym_table_dispose(&inversion->acronyms);
    pil_arena_dispose(&inversion->arena);
    free(inversion);
}

size_t pil_inversion_bytes(const pil_inversion *inversion)
{
    return sizeof *inversion + inversion->arena.total_bytes +
           pil_acronym_table_bytes(&inversion->acronyms);
}
