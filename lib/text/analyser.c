#include "text/analyser.h"

#include "boundary.h"
#include "fold.h"
#include "language.h"
#include "split.h"
#include "stemmer.h"
#include "vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>

enum {
    MAX_JOINED = 4, /* parts of a hyphenated word that are also taken together */
    MAX_VOCABULARIES = 40,
    MAX_VOCABULARY_BYTES = 32 << 20, /* of all together, between two calls */
    MAX_IDLE_TOKENS = 1 << 18        /* what more a huge text needed is given back */
};

struct pil_analyser {
    pil_boundary *boundary;
    pil_folder *folder;
    pil_vocabulary *vocabularies[MAX_VOCABULARIES];
    size_t n_vocabularies;
    uint64_t epoch; /* how often the words were forgotten */
    pil_token *tokens;
    size_t n_tokens, capacity;
    char versions[96];
};

typedef struct analysis {
    pil_analyser *analyser;
    pil_vocabulary *vocabulary;
    const char *text;
    size_t length;
    uint32_t position;
    pil_split_word chain[MAX_JOINED]; /* words linked by hyphens, not given out yet */
    size_t n_chain;
    bool chain_is_long; /* more were linked than can be joined */
} analysis;

pil_status pil_analyser_new(pil_analyser **out, pil_error *err)
{
    *out = NULL;
    pil_analyser *analyser = calloc(1, sizeof *analyser);
    if (analyser == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_boundary_new(&analyser->boundary, err);
    if (status == PIL_OK)
        status = pil_folder_new(&analyser->folder, err);
    if (status == PIL_OK)
        *out = analyser;
    else
        pil_analyser_free(analyser);
    return status;
}

static void forget_words(pil_analyser *analyser)
{
    for (size_t i = 0; i < analyser->n_vocabularies; i++)
        pil_vocabulary_free(analyser->vocabularies[i]);
    analyser->n_vocabularies = 0;
    analyser->epoch++;
}

void pil_analyser_free(pil_analyser *analyser)
{
    if (analyser == NULL)
        return;
    forget_words(analyser);
    pil_boundary_free(analyser->boundary);
    pil_folder_free(analyser->folder);
    free(analyser->tokens);
    free(analyser);
}

/* Between two calls nobody holds the strings, so this is when memory can be given back. */
static void keep_within_bounds(pil_analyser *analyser)
{
    size_t bytes = 0;
    for (size_t i = 0; i < analyser->n_vocabularies; i++)
        bytes += pil_vocabulary_bytes(analyser->vocabularies[i]);
    if (bytes > MAX_VOCABULARY_BYTES || analyser->n_vocabularies == MAX_VOCABULARIES)
        forget_words(analyser);
    analyser->n_tokens = 0;
    if (analyser->capacity > MAX_IDLE_TOKENS) {
        free(analyser->tokens);
        analyser->tokens = NULL;
        analyser->capacity = 0;
    }
}

static pil_vocabulary *known_vocabulary(const pil_analyser *analyser, const char *language)
{
    for (size_t i = 0; i < analyser->n_vocabularies; i++)
        if (strcmp(pil_vocabulary_language(analyser->vocabularies[i]), language) == 0)
            return analyser->vocabularies[i];
    return NULL;
}

static pil_status find_vocabulary(pil_analyser *analyser, const char *language,
                                  pil_vocabulary **out, pil_error *err)
{
    *out = known_vocabulary(analyser, language);
    if (*out != NULL)
        return PIL_OK;
    char code[PIL_LANGUAGE_MAX];
    pil_language_normalise(language, code);
    *out = known_vocabulary(analyser, code);
    if (*out != NULL)
        return PIL_OK;
    pil_status status = pil_vocabulary_new(out, code, analyser->folder, err);
    if (status == PIL_OK)
        analyser->vocabularies[analyser->n_vocabularies++] = *out;
    return status;
}

static pil_status grow_tokens(pil_analyser *analyser, pil_error *err)
{
    size_t capacity = analyser->capacity == 0 ? 1024 : analyser->capacity * 2;
    pil_token *tokens = realloc(analyser->tokens, capacity * sizeof *tokens);
    if (tokens == NULL)
        return pil_error_no_memory(err);
    analyser->tokens = tokens;
    analyser->capacity = capacity;
    return PIL_OK;
}

static inline pil_status emit(pil_analyser *analyser, const pil_token *token, pil_error *err)
{
    if (analyser->n_tokens == analyser->capacity) {
        pil_status status = grow_tokens(analyser, err);
        if (status != PIL_OK)
            return status;
    }
    analyser->tokens[analyser->n_tokens++] = *token;
    return PIL_OK;
}

static inline pil_token make_token(const pil_vocabulary_string *term,
                                   const pil_vocabulary_string *form, size_t begin, size_t end,
                                   uint32_t position)
{
    return (pil_token){.term = term->bytes,
                       .form = form->bytes,
                       .term_bytes = term->length,
                       .form_bytes = form->length,
                       .term_number = term->number,
                       .form_number = form->number,
                       .begin_byte = begin,
                       .end_byte = end,
                       .position = position,
                       .n_positions = 1,
                       .kind = PIL_TOKEN_WORD};
}

static uint32_t positions_of(const pil_vocabulary_word *word)
{
    return word->n_parts > 0 ? word->n_parts : 1;
}

/* Gives out one word and, if it has any, its parts. */
static pil_status emit_word(analysis *run, const pil_split_word *at,
                            const pil_vocabulary_word *word, pil_error *err)
{
    if (word->form.length == 0)
        return PIL_OK;
    pil_token token =
        make_token(&word->term, &word->form, at->begin_byte, at->shown_end, run->position);
    token.n_positions = positions_of(word);
    pil_status status = emit(run->analyser, &token, err);
    for (uint32_t i = 0; i < word->n_parts && status == PIL_OK; i++) {
        const pil_vocabulary_part *part = &word->parts[i];
        token = make_token(&part->term, &part->form, at->begin_byte + part->begin_byte,
                           at->begin_byte + part->end_byte, run->position + i);
        token.kind = PIL_TOKEN_PART;
        status = emit(run->analyser, &token, err);
    }
    run->position += positions_of(word);
    return status;
}

static pil_status find_word(analysis *run, const pil_split_word *at,
                            const pil_vocabulary_word **word, pil_error *err)
{
    return pil_vocabulary_find(run->vocabulary, run->text + at->begin_byte,
                               at->end_byte - at->begin_byte, word, err);
}

/* The words of a chain written together, when they make sense so: not for numbers (2020-2023). */
static pil_status emit_joined(analysis *run, const pil_vocabulary_word words[MAX_JOINED],
                              pil_error *err)
{
    size_t begin = run->chain[0].begin_byte;
    const pil_split_word *last = &run->chain[run->n_chain - 1];
    if (last->end_byte - begin > PIL_FOLD_MAX_BYTES)
        return PIL_OK;
    pil_vocabulary_string forms[MAX_JOINED];
    uint32_t n_positions = 0;
    bool is_number = true;
    for (size_t i = 0; i < run->n_chain; i++) {
        if (words[i].form.length == 0)
            return PIL_OK;
        forms[i] = words[i].form;
        n_positions += positions_of(&words[i]);
        is_number = is_number && words[i].is_number;
    }
    if (is_number)
        return PIL_OK;
    const pil_vocabulary_word *joined;
    pil_status status =
        pil_vocabulary_find_joined(run->vocabulary, run->text + begin, last->end_byte - begin,
                                   forms, run->n_chain, &joined, err);
    if (status != PIL_OK)
        return status;
    pil_token token =
        make_token(&joined->term, &joined->form, begin, last->shown_end, run->position);
    token.n_positions = n_positions;
    token.kind = PIL_TOKEN_JOINED;
    return emit(run->analyser, &token, err);
}

/* Gives out what waits in the chain. */
static pil_status flush_chain(analysis *run, pil_error *err)
{
    /* Copies: finding one word may move the others. */
    pil_vocabulary_word words[MAX_JOINED];
    pil_status status = PIL_OK;
    for (size_t i = 0; i < run->n_chain && status == PIL_OK; i++) {
        const pil_vocabulary_word *word;
        status = find_word(run, &run->chain[i], &word, err);
        if (status == PIL_OK)
            words[i] = *word;
    }
    if (status == PIL_OK && run->n_chain > 1 && !run->chain_is_long)
        status = emit_joined(run, words, err);
    for (size_t i = 0; i < run->n_chain && status == PIL_OK; i++)
        status = emit_word(run, &run->chain[i], &words[i], err);
    run->n_chain = 0;
    return status;
}

static inline pil_status flush(analysis *run, pil_error *err)
{
    if (run->n_chain != 1)
        return flush_chain(run, err);
    const pil_vocabulary_word *word;
    pil_status status = find_word(run, &run->chain[0], &word, err);
    run->n_chain = 0;
    return status == PIL_OK ? emit_word(run, &run->chain[0], word, err) : status;
}

/* Nothing but a hyphen stands between the waiting word and the one that begins at begin. */
static inline bool is_hyphenated(const analysis *run, size_t begin)
{
    if (run->n_chain == 0)
        return false;
    size_t end = run->chain[run->n_chain - 1].shown_end;
    return begin > end && begin - end <= 3 &&
           pil_split_hyphen(run->text + end, begin - end) == begin - end;
}

static pil_status add_word(analysis *run, const pil_split_word *word, pil_error *err)
{
    pil_status status = PIL_OK;
    bool is_linked = word->is_linked || is_hyphenated(run, word->begin_byte);
    if (!is_linked || run->n_chain == MAX_JOINED) {
        run->chain_is_long = run->chain_is_long || is_linked;
        status = flush(run, err);
        run->chain_is_long = is_linked;
    }
    run->chain[run->n_chain++] = *word;
    return status;
}

/* The s of "U.N.'s", which no rule of UAX #29 attaches: the waiting acronym takes it in. */
static bool is_acronym_possessive(const analysis *run, const pil_boundary_word *word)
{
    if (run->n_chain == 0 || !run->chain[run->n_chain - 1].is_acronym ||
        word->end_byte - word->begin_byte != 1)
        return false;
    size_t end = run->chain[run->n_chain - 1].shown_end;
    char letter = run->text[word->begin_byte];
    size_t apostrophe =
        word->begin_byte > end ? pil_split_apostrophe(run->text + end, word->begin_byte - end) : 0;
    return apostrophe > 0 && end + apostrophe == word->begin_byte &&
           (letter == 's' || letter == 'S');
}

static pil_status add_stretch(analysis *run, const pil_boundary_word *stretch, pil_error *err)
{
    if (is_acronym_possessive(run, stretch)) {
        run->chain[run->n_chain - 1].shown_end = stretch->end_byte;
        return PIL_OK;
    }
    if (stretch->is_plain) {
        pil_split_word word = {.begin_byte = stretch->begin_byte,
                               .end_byte = stretch->end_byte,
                               .shown_end = stretch->end_byte};
        return add_word(run, &word, err);
    }
    pil_split split;
    pil_split_word word;
    pil_status status = PIL_OK;
    pil_split_start(&split, run->text, run->length, stretch->begin_byte, stretch->end_byte,
                    pil_vocabulary_elides(run->vocabulary));
    while (status == PIL_OK && pil_split_next(&split, &word))
        status = add_word(run, &word, err);
    return status;
}

pil_status pil_analyser_run(pil_analyser *analyser, const char *language, const char *text,
                            size_t length, const pil_token **tokens, size_t *n_tokens,
                            pil_error *err)
{
    *tokens = NULL;
    *n_tokens = 0;
    if (length > UINT32_MAX)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "a text of more than 4 GiB");
    keep_within_bounds(analyser);
    analysis run = {.analyser = analyser, .text = text, .length = length};
    pil_status status = find_vocabulary(analyser, language, &run.vocabulary, err);
    if (status != PIL_OK)
        return status;
    pil_boundary_word stretch;
    pil_boundary_start(analyser->boundary, text, length, false);
    while (status == PIL_OK &&
           (status = pil_boundary_next(analyser->boundary, &stretch, err)) == PIL_OK)
        status = add_stretch(&run, &stretch, err);
    if (status == PIL_DONE)
        status = flush(&run, err);
    if (status != PIL_OK)
        return status;
    *tokens = analyser->tokens;
    *n_tokens = analyser->n_tokens;
    return PIL_OK;
}

uint64_t pil_analyser_epoch(const pil_analyser *analyser)
{
    return analyser->epoch;
}

bool pil_analyser_has_stemmer(const char *language)
{
    char code[PIL_LANGUAGE_MAX];
    return pil_language_normalise(language, code) && pil_language_stemmer(code) != NULL;
}

const char *const *pil_analyser_languages(void)
{
    return pil_language_stemmed_codes();
}

const char *pil_analyser_library_versions(pil_analyser *analyser)
{
    if (analyser->versions[0] != '\0')
        return analyser->versions;
    uint64_t fingerprint;
    if (pil_stemmer_fingerprint(&fingerprint, NULL) != PIL_OK)
        return NULL;
    UVersionInfo version;
    char icu[U_MAX_VERSION_STRING_LENGTH], unicode[U_MAX_VERSION_STRING_LENGTH];
    u_getVersion(version);
    u_versionToString(version, icu);
    u_getUnicodeVersion(version);
    u_versionToString(version, unicode);
    snprintf(analyser->versions, sizeof analyser->versions,
             "ICU %s, Unicode %s, libstemmer %016llx", icu, unicode,
             (unsigned long long)fingerprint);
    return analyser->versions;
}
