#include "search/synonyms.h"

#include "base/arena.h"
#include "base/intern.h"
#include "base/utf8.h"
#include "synonym_groups.h"
#include "word_runs.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static_assert((int)PIL_SYNONYMS_MAX_WORDS == (int)PIL_WORD_RUN_MAX,
              "what the file may have is what is looked for");

/* A word or phrase of a group. */
typedef struct member {
    const char *text; /* as in the file */
    size_t text_bytes;
    uint32_t key;   /* what it is looked up by: its number in keys */
    uint32_t group; /* numbers of groups go up with those of their members */
    uint32_t next;  /* the next member with this key, or NONE */
} member;

struct pil_synonyms {
    member *members;
    uint32_t n_members, capacity;
    pil_intern keys;
    uint32_t *first; /* first[key]: the first member that has it */
    size_t first_capacity;
    pil_arena texts;
};

#define NONE UINT32_MAX

/* ---- reading ---- */

typedef struct synonym_reader {
    pil_synonyms *synonyms;
    pil_analyser *analyser;
    const char *name;
    uint32_t line, n_groups;
    pil_buffer key;
} synonym_reader;

static pil_status refuse(const synonym_reader *reader, const char *why, pil_error *err)
{
    return pil_error_set(err, PIL_BAD_QUERY, "%s:%u: %s", reader->name, (unsigned)reader->line,
                         why);
}

static bool grow(void **items, size_t *capacity, size_t n, size_t size)
{
    if (n < *capacity)
        return true;
    size_t wanted = *capacity == 0 ? 64 : 2 * *capacity;
    void *grown = realloc(*items, wanted * size);
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

static pil_status append_member(synonym_reader *reader, const char *text, size_t length,
                                pil_error *err)
{
    pil_synonyms *synonyms = reader->synonyms;
    uint32_t key;
    bool is_new;
    void *members = synonyms->members, *first = synonyms->first;
    size_t capacity = synonyms->capacity;
    const char *copy = pil_arena_copy(&synonyms->texts, text, length);
    if (copy == NULL || !grow(&members, &capacity, synonyms->n_members, sizeof *synonyms->members))
        return pil_error_no_memory(err);
    synonyms->members = members;
    synonyms->capacity = (uint32_t)capacity;
    if (pil_intern_add(&synonyms->keys, reader->key.bytes, reader->key.length, &key, &is_new) !=
            PIL_OK ||
        !grow(&first, &synonyms->first_capacity, key, sizeof *synonyms->first))
        return pil_error_no_memory(err);
    synonyms->first = first;
    synonyms->members[synonyms->n_members] =
        (member){copy, length, key, reader->n_groups, is_new ? NONE : synonyms->first[key]};
    synonyms->first[key] = synonyms->n_members++;
    return PIL_OK;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static pil_status read_member(synonym_reader *reader, const char *text, size_t length,
                              pil_error *err)
{
    size_t n_words;
    while (length > 0 && is_blank(text[0])) {
        text++;
        length--;
    }
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    pil_buffer_clear(&reader->key);
    pil_status status =
        pil_word_run_key(text, length, reader->analyser, &reader->key, &n_words, err);
    if (status != PIL_OK)
        return status;
    if (n_words == 0)
        return refuse(reader, "a word is missing before or behind a comma", err);
    if (n_words > PIL_SYNONYMS_MAX_WORDS)
        return refuse(reader, "a phrase has more than 12 words", err);
    return append_member(reader, text, length, err);
}

static pil_status read_line(synonym_reader *reader, const char *line, size_t length, pil_error *err)
{
    const char *end = line + length;
    if (!pil_utf8_is_valid(line, length))
        return refuse(reader, "not UTF-8", err);
    if (memchr(line, '\0', length) != NULL)
        return refuse(reader, "a NUL in the text", err);
    while (line < end && is_blank(*line))
        line++;
    if (line == end || *line == '#')
        return PIL_OK;
    size_t n = 0;
    pil_status status = PIL_OK;
    for (const char *at = line; at <= end && status == PIL_OK; n++) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma == NULL ? end : comma;
        if (n == PIL_SYNONYMS_MAX_MEMBERS)
            return refuse(reader, "a group has more than 32 words and phrases", err);
        status = read_member(reader, at, (size_t)(stop - at), err);
        at = stop + 1;
    }
    if (status == PIL_OK && n < 2)
        return refuse(reader, "a group is two words or phrases or more, separated by commas", err);
    reader->n_groups++;
    return status;
}

pil_status pil_synonyms_read(const char *text, size_t length, const char *name,
                             pil_analyser *analyser, pil_synonyms **out, pil_error *err)
{
    *out = NULL;
    synonym_reader reader = {.analyser = analyser, .name = name};
    pil_buffer_init(&reader.key, PIL_SYNONYMS_MAX_BYTES);
    reader.synonyms = calloc(1, sizeof *reader.synonyms);
    pil_status status = reader.synonyms == NULL ? pil_error_no_memory(err) : PIL_OK;
    static const char mark[] = "\xEF\xBB\xBF";
    if (length >= strlen(mark) && memcmp(text, mark, strlen(mark)) == 0) {
        text += strlen(mark);
        length -= strlen(mark);
    }
    for (const char *end = text + length; text < end && status == PIL_OK;) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        const char *stop = newline == NULL ? end : newline;
        reader.line++;
        status = read_line(&reader, text, (size_t)(stop - text), err);
        text = stop + (newline != NULL);
    }
    pil_buffer_dispose(&reader.key);
    if (status == PIL_OK)
        *out = reader.synonyms;
    else
        pil_synonyms_free(reader.synonyms);
    return status;
}

void pil_synonyms_free(pil_synonyms *synonyms)
{
    if (synonyms == NULL)
        return;
    pil_intern_dispose(&synonyms->keys);
    pil_arena_dispose(&synonyms->texts);
    free(synonyms->members);
    free(synonyms->first);
    free(synonyms);
}

/* ---- searching ---- */

/* Of one run of words; whoever needs more has put a word into many groups. */
enum { MAX_ALTERNATIVES = 64 };

typedef struct synonym_use {
    const pil_synonyms *synonyms;
    pil_matcher *matcher;
    size_t n_added; /* for the run at hand */
} synonym_use;

/* The other members of the group that member number at is in. */
static pil_status add_group(synonym_use *use, const pil_word_run *run, uint32_t at, pil_error *err)
{
    const pil_synonyms *synonyms = use->synonyms;
    const member *own = &synonyms->members[at];
    while (at > 0 && synonyms->members[at - 1].group == own->group)
        at--;
    pil_status status = PIL_OK;
    for (; at < synonyms->n_members && synonyms->members[at].group == own->group; at++) {
        const member *other = &synonyms->members[at];
        const pil_alternative alternative = {.text = other->text,
                                             .text_bytes = other->text_bytes,
                                             .kind = PIL_ALTERNATIVE_SYNONYM,
                                             .weight = PIL_SYNONYM_WEIGHT};
        if (other->key == own->key || use->n_added == MAX_ALTERNATIVES)
            continue;
        use->n_added++;
        for (size_t i = 0; i < run->n && status == PIL_OK; i++)
            status = pil_matcher_add_alternative(use->matcher, run->first + i, &alternative, err);
    }
    return status;
}

static pil_status add_synonyms(void *context, const pil_word_run *run, pil_error *err)
{
    synonym_use *use = context;
    uint32_t key = pil_intern_find(&use->synonyms->keys, run->key, run->key_bytes);
    pil_status status = PIL_OK;
    use->n_added = 0;
    if (key == PIL_INTERN_NONE)
        return PIL_OK;
    for (uint32_t at = use->synonyms->first[key]; at != NONE && status == PIL_OK;
         at = use->synonyms->members[at].next)
        status = add_group(use, run, at, err);
    return status;
}

pil_status pil_synonyms_add(const pil_synonyms *synonyms, const pil_query *query,
                            pil_analyser *analyser, pil_matcher *matcher, pil_error *err)
{
    synonym_use use = {synonyms, matcher, 0};
    return pil_word_runs_each(query, analyser, add_synonyms, &use, err);
}
