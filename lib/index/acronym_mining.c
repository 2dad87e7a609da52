/* Finding definitions, after Ariel S. Schwartz and Marti A. Hearst, "A simple algorithm for
 * identifying abbreviation definitions in biomedical text" (2003): beside a parenthesis stand a
 * short form and words that have its characters in order, the first of them at the beginning of a
 * word. The shortest such words are the long form. */
#include "index/acronym.h"

#include "base/utf8.h"

#include <string.h>

enum {
    SHORT_MIN_CHARACTERS = 2,
    SHORT_MAX_CHARACTERS = 10,
    SHORT_MAX_WORDS = 2,
    MIN_CAPITALS = 2, /* not Schwartz and Hearst's: without it every (now) and (see) is tried */
    LONG_MIN_WORDS = 2,
    LONG_MAX_WORDS = SHORT_MAX_CHARACTERS + 5,
    INSIDE_MAX_BYTES = 300, /* of a parenthesis that is looked into */
    KEY_MAX_BYTES = 400
};

/* Where definitions are looked for. */
typedef struct miner {
    pil_acronym_table *found; /* in this paragraph */
    const char *text;
    const pil_token *tokens;
    size_t n_tokens;
} miner;

/* Tokens [begin, end) of the paragraph that are single words. */
typedef struct word_span {
    size_t begin, end;
} word_span;

/* A short form that may be one. */
typedef struct short_form {
    size_t begin_byte, end_byte; /* of the text */
    word_span words;
    size_t n_characters;
} short_form;

static bool is_single(const pil_token *token)
{
    return token->kind != PIL_TOKEN_JOINED && token->n_positions == 1;
}

static size_t next_single(const miner *self, size_t at)
{
    while (at < self->n_tokens && !is_single(&self->tokens[at]))
        at++;
    return at;
}

/* The single word before token number at, or n_tokens. */
static size_t previous_single(const miner *self, size_t at)
{
    while (at > 0)
        if (is_single(&self->tokens[--at]))
            return at;
    return self->n_tokens;
}

/* What may stand between the words of one name: white space, hyphens, quotes, commas and the like,
 * but nothing that ends a sentence or a parenthesis. */
static bool joins(const char *text, size_t begin, size_t end)
{
    for (; begin < end; begin++)
        if ((unsigned char)text[begin] < 0x80 && strchr(" \t\r\n-,'&/", text[begin]) == NULL)
            return false;
    return true;
}

static bool is_blank_or_quote(char byte)
{
    return byte != '\0' && strchr(" \t\r\n\"'", byte) != NULL;
}

/* Capitals, roughly: the ASCII ones, and other characters that folding changes. */
static size_t count_capitals(const miner *self, const short_form *candidate)
{
    size_t n = 0, at = candidate->begin_byte;
    while (at < candidate->end_byte) {
        size_t begin = at;
        pil_utf8_next(self->text, candidate->end_byte, &at, NULL);
        const char *character = self->text + begin;
        bool is_capital = *character >= 'A' && *character <= 'Z';
        if ((unsigned char)*character >= 0x80) {
            char copy[8] = "";
            memcpy(copy, character, at - begin);
            is_capital = strstr(self->tokens[candidate->words.begin].form, copy) == NULL;
        }
        n += is_capital;
    }
    return n;
}

static bool is_roman_number(const char *text, size_t length)
{
    size_t n = 0;
    while (n < length && memchr("IVX", text[n], 3) != NULL)
        n++;
    return n == length;
}

/* Reads the text [begin, end) as a short form, whose first token is at or behind number first. */
static bool read_short(const miner *self, size_t begin, size_t end, size_t first, short_form *out)
{
    while (begin < end && is_blank_or_quote(self->text[begin]))
        begin++;
    while (begin < end && is_blank_or_quote(self->text[end - 1]))
        end--;
    size_t n_words = 0, at = next_single(self, first);
    *out = (short_form){.begin_byte = begin, .end_byte = end, .words = {at, at}};
    size_t last_end = begin;
    for (; at < self->n_tokens && self->tokens[at].end_byte <= end;
         at = next_single(self, at + 1)) {
        n_words++;
        out->words.end = at + 1;
        last_end = self->tokens[at].end_byte;
    }
    if (n_words == 0 || n_words > SHORT_MAX_WORDS || last_end != end ||
        self->tokens[out->words.begin].begin_byte != begin)
        return false;
    if (is_roman_number(self->text + begin, end - begin))
        return false;
    out->n_characters = pil_utf8_count(self->text + begin, end - begin);
    return out->n_characters >= SHORT_MIN_CHARACTERS && out->n_characters <= SHORT_MAX_CHARACTERS &&
           count_capitals(self, out) >= MIN_CAPITALS;
}

static size_t max_words(const short_form *candidate)
{
    size_t n = candidate->n_characters;
    return n + 5 < 2 * n ? n + 5 : 2 * n;
}

/* ---- matching ---- */

/* A character of a span of words: the one that begins at byte at of the form of token word. */
typedef struct character_place {
    size_t word, at;
    bool is_done; /* there is none */
} character_place;

/* The last character of the words of span before byte at of token word. */
static character_place step_back(const miner *self, word_span span, size_t word, size_t at)
{
    while (at == 0) {
        word = previous_single(self, word);
        if (word == self->n_tokens || word < span.begin)
            return (character_place){.is_done = true};
        at = self->tokens[word].form_bytes;
    }
    const char *form = self->tokens[word].form;
    do
        at--;
    while (at > 0 && ((unsigned char)form[at] & 0xC0) == 0x80);
    return (character_place){word, at, false};
}

static bool is_same(const miner *self, character_place a, character_place b)
{
    size_t a_end = a.at, b_end = b.at;
    const pil_token *left = &self->tokens[a.word], *right = &self->tokens[b.word];
    return pil_utf8_next(left->form, left->form_bytes, &a_end, NULL) ==
           pil_utf8_next(right->form, right->form_bytes, &b_end, NULL);
}

/* Whether folding changed how the word begins. */
static bool is_capitalised(const miner *self, size_t word)
{
    return self->text[self->tokens[word].begin_byte] != self->tokens[word].form[0];
}

/* Of a name with capitals, the first word has one: "Organization of African Unity" is no "of
 * African Unity". From token number first on backwards, the one that begins like it and has;
 * n_tokens when there is none. */
static size_t find_capitalised(const miner *self, word_span words, size_t first)
{
    bool has_capitals = false;
    for (size_t i = next_single(self, first + 1); i < words.end; i = next_single(self, i + 1))
        has_capitals |= is_capitalised(self, i);
    size_t at = first;
    while (has_capitals && at != self->n_tokens && at >= words.begin &&
           !(is_capitalised(self, at) &&
             is_same(self, (character_place){at, 0, false}, (character_place){first, 0, false})))
        at = previous_single(self, at);
    return at != self->n_tokens && at >= words.begin ? at : self->n_tokens;
}

/* The first word of the shortest end of words that has the characters of candidate in order, the
 * first one at the beginning of a word; n_tokens when there is none. */
static size_t match(const miner *self, const short_form *candidate, word_span words)
{
    character_place wanted = step_back(self, candidate->words, candidate->words.end, 0);
    character_place at = step_back(self, words, words.end, 0);
    while (!at.is_done) {
        character_place before = step_back(self, candidate->words, wanted.word, wanted.at);
        if (is_same(self, wanted, at) && (!before.is_done || at.at == 0)) {
            if (before.is_done)
                return find_capitalised(self, words, at.word);
            wanted = before;
        }
        at = step_back(self, words, at.word, at.at);
    }
    return self->n_tokens;
}

/* ---- what was found ---- */

static bool write_key(const miner *self, word_span words, char key[KEY_MAX_BYTES], size_t *n_words)
{
    size_t length = 0;
    *n_words = 0;
    for (size_t i = next_single(self, words.begin); i < words.end; i = next_single(self, i + 1)) {
        const pil_token *token = &self->tokens[i];
        if (length + token->form_bytes + 2 > KEY_MAX_BYTES)
            return false;
        if ((*n_words)++ > 0)
            key[length++] = ' ';
        memcpy(key + length, token->form, token->form_bytes);
        length += token->form_bytes;
    }
    key[length] = '\0';
    return true;
}

/* The text [begin, end) with single spaces for white space. */
static bool write_text(const miner *self, size_t begin, size_t end, char text[KEY_MAX_BYTES])
{
    size_t length = 0;
    for (size_t i = begin; i < end; i++) {
        bool is_space = strchr(" \t\r\n", self->text[i]) != NULL;
        if (is_space && length > 0 && text[length - 1] == ' ')
            continue;
        if (length + 1 == KEY_MAX_BYTES || self->text[i] == '\0')
            return false;
        text[length++] = is_space ? ' ' : self->text[i];
    }
    text[length] = '\0';
    return pil_utf8_is_valid(text, length);
}

static bool has_word(const miner *self, word_span words, const char *form)
{
    for (size_t i = words.begin; i < words.end; i++)
        if (is_single(&self->tokens[i]) && strcmp(self->tokens[i].form, form) == 0)
            return true;
    return false;
}

static pil_status keep(const miner *self, const short_form *candidate, word_span words)
{
    char short_key[KEY_MAX_BYTES], long_key[KEY_MAX_BYTES];
    char written[KEY_MAX_BYTES], long_form[KEY_MAX_BYTES];
    size_t n_short, n_long;
    if (!write_key(self, candidate->words, short_key, &n_short) ||
        !write_key(self, words, long_key, &n_long) || n_long < LONG_MIN_WORDS ||
        has_word(self, words, short_key) || strlen(long_key) <= strlen(short_key) ||
        !write_text(self, candidate->begin_byte, candidate->end_byte, written) ||
        !write_text(self, self->tokens[words.begin].begin_byte,
                    self->tokens[words.end - 1].end_byte, long_form))
        return PIL_OK;
    const pil_acronym acronym = {short_key, long_key, written, long_form, 1};
    /* Once, however often it is defined. */
    pil_acronym_table_subtract(self->found, &acronym);
    return pil_acronym_table_add(self->found, &acronym);
}

/* "Kosovo Force (KFOR)": the words before token number at, which is behind the parenthesis. */
static pil_status look_before(const miner *self, size_t open, size_t at,
                              const short_form *candidate, bool *is_found)
{
    word_span words = {at, at};
    size_t stop = open;
    for (size_t n = 0; n < max_words(candidate); n++) {
        size_t before = previous_single(self, words.begin);
        if (before == self->n_tokens || !joins(self->text, self->tokens[before].end_byte, stop))
            break;
        words.begin = before;
        if (n == 0)
            words.end = before + 1;
        stop = self->tokens[before].begin_byte;
    }
    size_t first = words.begin < words.end ? match(self, candidate, words) : self->n_tokens;
    *is_found = first != self->n_tokens;
    return *is_found ? keep(self, candidate, (word_span){first, words.end}) : PIL_OK;
}

/* "KFOR (Kosovo Force)": the words from token number at on, inside the parenthesis. */
static pil_status look_inside(const miner *self, size_t close, size_t at,
                              const short_form *candidate)
{
    word_span words = {at, at};
    size_t n = 0, stop = at < self->n_tokens ? self->tokens[at].begin_byte : close;
    for (; at < self->n_tokens && self->tokens[at].end_byte <= close;
         at = next_single(self, at + 1)) {
        if (!joins(self->text, stop, self->tokens[at].begin_byte) || ++n > max_words(candidate))
            break;
        words.end = at + 1;
        stop = self->tokens[at].end_byte;
    }
    if (n == 0 || n > max_words(candidate))
        return PIL_OK;
    size_t first = match(self, candidate, words);
    /* An article may stand before it. */
    bool is_whole = first != self->n_tokens &&
                    (first == words.begin || previous_single(self, first) == words.begin);
    return is_whole ? keep(self, candidate, (word_span){first, words.end}) : PIL_OK;
}

/* The parenthesis [open, close]; at is the number of the first token behind its beginning. */
static pil_status look_at(const miner *self, size_t open, size_t close, size_t at)
{
    short_form candidate;
    size_t end = open + 1;
    while (end < close && self->text[end] != ',' && self->text[end] != ';')
        end++;
    bool is_found = false;
    pil_status status = PIL_OK;
    if (read_short(self, open + 1, end, at, &candidate))
        status = look_before(self, open, at, &candidate, &is_found);
    size_t before = previous_single(self, at);
    if (status == PIL_OK && !is_found && before != self->n_tokens &&
        read_short(self, self->tokens[before].begin_byte, open, before, &candidate))
        status = look_inside(self, close, next_single(self, at), &candidate);
    return status;
}

static pil_status mine(miner *self, size_t length)
{
    size_t token = 0;
    pil_status status = PIL_OK;
    const char *open = memchr(self->text, '(', length);
    while (open != NULL && status == PIL_OK) {
        size_t at = (size_t)(open - self->text);
        size_t rest = length - at - 1;
        const char *next = memchr(open + 1, '(', rest);
        const char *close =
            memchr(open + 1, ')', rest < INSIDE_MAX_BYTES ? rest : INSIDE_MAX_BYTES);
        while (token < self->n_tokens && self->tokens[token].begin_byte < at)
            token++;
        if (close != NULL && (next == NULL || close < next))
            status = look_at(self, at, (size_t)(close - self->text), token);
        open = next;
    }
    return status;
}

pil_status pil_acronym_table_mine(pil_acronym_table *table, const char *text, size_t length,
                                  const pil_token *tokens, size_t n_tokens)
{
    if (memchr(text, '(', length) == NULL)
        return PIL_OK;
    pil_acronym_table found = {0};
    miner self = {&found, text, tokens, n_tokens};
    pil_status status = mine(&self, length);
    if (status == PIL_OK && found.pairs.n_entries > 0)
        status = pil_acronym_table_add_all(table, &found);
    pil_acronym_table_dispose(&found);
    return status;
}
