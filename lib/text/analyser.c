#include "text/analyser.h"

#include "base/utf8.h"
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
#include <unicode/uscript.h>
#include <unicode/uversion.h>

enum {
    MAX_JOINED = 4, /* parts of a hyphenated word that are also taken together */
    MAX_WAITING = 32,
    MAX_VOCABULARIES = 128,
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

/* A word of the text that was not looked up yet. Some wait at a time: so the memory has brought
 * what is known of one by the time it is needed. */
typedef struct waiting_word {
    pil_split_word at;
    pil_wanted_word wanted;
} waiting_word;

typedef struct analysis {
    pil_analyser *analyser;
    pil_vocabulary *vocabulary;
    const char *text;
    size_t length;
    uint32_t position;
    waiting_word waiting[MAX_WAITING]; /* [0..n_waiting) */
    size_t n_waiting;
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

/* A token more, to be filled in; NULL when memory ran out. */
static inline pil_token *new_token(analysis *run, pil_error *err)
{
    pil_analyser *analyser = run->analyser;
    if (analyser->n_tokens == analyser->capacity && grow_tokens(analyser, err) != PIL_OK)
        return NULL;
    return &analyser->tokens[analyser->n_tokens++];
}

static uint32_t positions_of(const pil_word *word)
{
    return word->n_parts > 0 ? word->n_parts : 1;
}

static inline pil_status emit(analysis *run, const pil_word *word, size_t begin, size_t end,
                              uint32_t n_positions, pil_token_kind kind, pil_error *err)
{
    pil_token *token = new_token(run, err);
    if (token == NULL)
        return PIL_NO_MEMORY;
    token->term = word->term;
    token->form = word->form;
    token->term_bytes = word->term_length;
    token->form_bytes = word->form_length;
    token->term_number = word->term_number;
    token->form_number = word->form_number;
    token->begin_byte = begin;
    token->end_byte = end;
    token->position = run->position;
    token->n_positions = n_positions;
    token->kind = kind;
    return PIL_OK;
}

static pil_status emit_part(analysis *run, const pil_word_part *part, size_t begin,
                            uint32_t position, pil_error *err)
{
    pil_token *token = new_token(run, err);
    if (token == NULL)
        return PIL_NO_MEMORY;
    *token = (pil_token){.term = part->term,
                         .form = part->form,
                         .term_bytes = part->term_length,
                         .form_bytes = part->form_length,
                         .term_number = part->term_number,
                         .form_number = part->form_number,
                         .begin_byte = begin + part->begin_byte,
                         .end_byte = begin + part->end_byte,
                         .position = position,
                         .n_positions = 1,
                         .kind = PIL_TOKEN_PART};
    return PIL_OK;
}

/* Gives out one word and, if it has any, its parts. */
static inline pil_status emit_word(analysis *run, const pil_split_word *at, const pil_word *word,
                                   pil_error *err)
{
    if (word->form_length == 0)
        return PIL_OK;
    uint32_t n_positions = positions_of(word);
    pil_status status =
        emit(run, word, at->begin_byte, at->shown_end, n_positions, PIL_TOKEN_WORD, err);
    for (uint32_t i = 0; i < word->n_parts && status == PIL_OK; i++)
        status = emit_part(run, &word->parts[i], at->begin_byte, run->position + i, err);
    run->position += n_positions;
    return status;
}

static inline pil_status find_word(const analysis *run, const waiting_word *waiting,
                                   const pil_word **word, pil_error *err)
{
    return pil_vocabulary_find(run->vocabulary, &waiting->wanted, word, err);
}

/* The words of a chain written together, when they make sense so: not for numbers (2020-2023). */
static pil_status emit_joined(analysis *run, const waiting_word *chain, const pil_word *words,
                              size_t n, pil_error *err)
{
    size_t begin = chain[0].at.begin_byte;
    const pil_split_word *last = &chain[n - 1].at;
    if (last->end_byte - begin > PIL_FOLD_MAX_BYTES)
        return PIL_OK;
    uint32_t n_positions = 0;
    bool is_number = true;
    for (size_t i = 0; i < n; i++) {
        if (words[i].form_length == 0)
            return PIL_OK;
        n_positions += positions_of(&words[i]);
        is_number = is_number && words[i].is_number;
    }
    if (is_number)
        return PIL_OK;
    const pil_word *joined;
    pil_status status = pil_vocabulary_find_joined(run->vocabulary, run->text + begin,
                                                   last->end_byte - begin, words, n, &joined, err);
    if (status != PIL_OK)
        return status;
    return emit(run, joined, begin, last->shown_end, n_positions, PIL_TOKEN_JOINED, err);
}

static inline pil_status look_up(analysis *run, const waiting_word *waiting, pil_error *err)
{
    const pil_word *word;
    pil_status status = find_word(run, waiting, &word, err);
    return status == PIL_OK ? emit_word(run, &waiting->at, word, err) : status;
}

/* Gives out chain[0..n), two to MAX_JOINED words that are linked. */
static pil_status look_up_chain(analysis *run, const waiting_word *chain, size_t n, pil_error *err)
{
    /* Copies: finding one word may move the others. */
    pil_word words[MAX_JOINED];
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        const pil_word *word;
        status = find_word(run, &chain[i], &word, err);
        if (status == PIL_OK)
            words[i] = *word;
    }
    if (status == PIL_OK)
        status = emit_joined(run, chain, words, n, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = emit_word(run, &chain[i].at, &words[i], err);
    return status;
}

/* The end of the chain that begins at begin. */
static inline size_t chain_end(const analysis *run, size_t begin)
{
    size_t end = begin + 1;
    while (end < run->n_waiting && run->waiting[end].at.is_linked)
        end++;
    return end;
}

static pil_status look_up_each(analysis *run, size_t begin, size_t end, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = begin; i < end && status == PIL_OK; i++)
        status = look_up(run, &run->waiting[i], err);
    return status;
}

/* Gives out the words that wait, but for the chain at their end while that may go on. */
static pil_status look_up_waiting(analysis *run, bool is_end, pil_error *err)
{
    size_t begin = 0, n = run->n_waiting;
    pil_status status = PIL_OK;
    while (begin < n && status == PIL_OK) {
        size_t end = chain_end(run, begin);
        bool goes_on = end == n && !is_end;
        if (goes_on && begin > 0)
            break;
        /* One that fills all the room is given out but for its last word, to which the next one may
         * be linked: a chain that begins with a linked word is the rest of a long one. */
        if (goes_on)
            end--;
        bool is_long = goes_on || run->waiting[begin].at.is_linked || end - begin > MAX_JOINED;
        status = is_long || end - begin == 1
                     ? look_up_each(run, begin, end, err)
                     : look_up_chain(run, &run->waiting[begin], end - begin, err);
        begin = end;
        if (goes_on)
            break;
    }
    run->n_waiting = n - begin;
    memmove(run->waiting, run->waiting + begin, run->n_waiting * sizeof *run->waiting);
    return status;
}

/* Nothing but a hyphen stands between the last word and the one that begins at begin. */
static inline bool is_hyphenated(const analysis *run, size_t begin)
{
    if (run->n_waiting == 0)
        return false;
    size_t end = run->waiting[run->n_waiting - 1].at.shown_end;
    return begin > end && begin - end <= 3 &&
           pil_split_hyphen(run->text + end, begin - end) == begin - end;
}

/* Room for a word more, to be filled in; it may move the others. */
static inline pil_status new_waiting(analysis *run, waiting_word **out, pil_error *err)
{
    pil_status status = PIL_OK;
    if (run->n_waiting == MAX_WAITING)
        status = look_up_waiting(run, false, err);
    *out = &run->waiting[run->n_waiting];
    return status;
}

/* Takes in the word that was filled in. */
static inline void expect(analysis *run, waiting_word *waiting)
{
    size_t begin = waiting->at.begin_byte;
    waiting->at.is_linked = waiting->at.is_linked || is_hyphenated(run, begin);
    pil_vocabulary_expect(run->vocabulary, run->text + begin, waiting->at.end_byte - begin,
                          run->length - begin, &waiting->wanted);
    run->n_waiting++;
}

/* The s of "U.N.'s", which no rule of UAX #29 attaches: the acronym before takes it in. */
static bool is_acronym_possessive(const analysis *run, const pil_boundary_word *word)
{
    if (run->n_waiting == 0 || !run->waiting[run->n_waiting - 1].at.is_acronym ||
        word->end_byte - word->begin_byte != 1)
        return false;
    size_t end = run->waiting[run->n_waiting - 1].at.shown_end;
    char letter = run->text[word->begin_byte];
    size_t apostrophe =
        word->begin_byte > end ? pil_split_apostrophe(run->text + end, word->begin_byte - end) : 0;
    return apostrophe > 0 && end + apostrophe == word->begin_byte &&
           (letter == 's' || letter == 'S');
}

/* Field by field: a copy would have to wait until the fields are in memory. */
static inline pil_status add_plain(analysis *run, const pil_boundary_word *stretch, pil_error *err)
{
    waiting_word *waiting;
    pil_status status = new_waiting(run, &waiting, err);
    waiting->at.begin_byte = stretch->begin_byte;
    waiting->at.end_byte = stretch->end_byte;
    waiting->at.shown_end = stretch->end_byte;
    waiting->at.is_acronym = false;
    waiting->at.is_linked = false;
    if (status == PIL_OK)
        expect(run, waiting);
    return status;
}

static pil_status add_stretch(analysis *run, const pil_boundary_word *stretch, pil_error *err)
{
    if (is_acronym_possessive(run, stretch)) {
        run->waiting[run->n_waiting - 1].at.shown_end = stretch->end_byte;
        return PIL_OK;
    }
    if (stretch->is_plain)
        return add_plain(run, stretch, err);
    pil_split split;
    pil_split_start(&split, run->text, run->length, stretch->begin_byte, stretch->end_byte,
                    pil_vocabulary_elides(run->vocabulary));
    for (;;) {
        waiting_word *waiting;
        pil_status status = new_waiting(run, &waiting, err);
        if (status != PIL_OK || !pil_split_next(&split, &waiting->at))
            return status;
        expect(run, waiting);
    }
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
    analysis run;
    run.analyser = analyser;
    run.text = text;
    run.length = length;
    run.position = 0;
    run.n_waiting = 0;
    pil_status status = find_vocabulary(analyser, language, &run.vocabulary, err);
    if (status != PIL_OK)
        return status;
    pil_boundary_word stretch;
    pil_boundary_start(analyser->boundary, text, length, false);
    while (status == PIL_OK &&
           (status = pil_boundary_next(analyser->boundary, &stretch, err)) == PIL_OK)
        status = add_stretch(&run, &stretch, err);
    if (status == PIL_DONE)
        status = look_up_waiting(&run, true, err);
    if (status != PIL_OK)
        return status;
    *tokens = analyser->tokens;
    *n_tokens = analyser->n_tokens;
    return PIL_OK;
}

static bool is_unspaced(UChar32 c)
{
    UErrorCode code = U_ZERO_ERROR;
    switch (uscript_getScript(c, &code)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
        return true;
    default:
        return false;
    }
}

bool pil_text_is_unspaced(const char *text, size_t length)
{
    for (size_t at = 0; at < length;)
        if (is_unspaced((UChar32)pil_utf8_next(text, length, &at, NULL)))
            return true;
    return false;
}

pil_status pil_analyser_pieces(pil_analyser *analyser, const char *text, size_t length,
                               pil_text_range *pieces, size_t max, size_t *n, pil_error *err)
{
    pil_boundary_word stretch;
    pil_status status = PIL_OK;
    pil_boundary_start(analyser->boundary, text, length, false);
    for (*n = 0; *n < max; ++*n) {
        status = pil_boundary_next(analyser->boundary, &stretch, err);
        if (status != PIL_OK)
            break;
        pieces[*n] = (pil_text_range){stretch.begin_byte, stretch.end_byte};
    }
    return status == PIL_DONE ? PIL_OK : status;
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
