#include "dead_words.h"

#include "inversion.h"
#include "stored_batch.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void pil_dead_words_dispose(pil_dead_words *dead)
{
    pil_intern_dispose(&dead->words);
    free(dead->counts);
    pil_acronym_table_dispose(&dead->acronyms);
    *dead = (pil_dead_words){0};
}

/* language "/" form into key. PIL_NO_MEMORY. */
static pil_status make_key(const pil_lexicon_word *word, pil_buffer *key, pil_error *err)
{
    pil_buffer_clear(key);
    pil_status status = pil_buffer_appendf(key, "%s/%s", word->language, word->form);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

static pil_status count_word(pil_dead_words *dead, const pil_lexicon_word *word, pil_buffer *key,
                             pil_error *err)
{
    if (dead->words.n_entries == dead->capacity) {
        size_t capacity = dead->capacity == 0 ? 1024 : dead->capacity * 2;
        pil_dead_count *grown = realloc(dead->counts, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        dead->counts = grown;
        dead->capacity = capacity;
    }
    pil_status status = make_key(word, key, err);
    if (status != PIL_OK)
        return status;
    uint32_t number;
    bool is_new;
    if (pil_intern_add(&dead->words, key->bytes, key->length, &number, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    if (is_new)
        dead->counts[number] = (pil_dead_count){0};
    dead->counts[number].n_written += word->n_written;
    dead->counts[number].n_derived += word->n_derived;
    return PIL_OK;
}

static pil_status count_batch(pil_dead_words *dead, const pil_batch *batch, pil_analyser *analyser,
                              pil_error *err)
{
    pil_inversion *inversion;
    pil_buffer key;
    pil_buffer_init(&key, PIL_RECORD_MAX_BYTES);
    pil_status status = pil_inversion_make(batch, analyser, NULL, &inversion, err);
    if (status != PIL_OK)
        return status;
    for (size_t i = 0; i < inversion->n_words && status == PIL_OK; i++)
        status = count_word(dead, &inversion->words[i], &key, err);
    if (status == PIL_OK &&
        pil_acronym_table_add_all(&dead->acronyms, &inversion->acronyms) != PIL_OK)
        status = pil_error_no_memory(err);
    dead->text_bytes += batch->text_bytes;
    pil_buffer_dispose(&key);
    pil_inversion_free(inversion);
    return status;
}

/* A range of dead documents is made of whole articles. */
static pil_status count_range(pil_dead_words *dead, pil_segment *segment, pil_docid_range range,
                              pil_analyser *analyser, pil_error *err)
{
    pil_status status = PIL_OK;
    for (uint32_t first = range.first; first <= range.last && status == PIL_OK;) {
        pil_batch *batch = pil_batch_new();
        if (batch == NULL)
            return pil_error_no_memory(err);
        status = pil_stored_batch_fill(batch, segment, &first, range.last, err);
        if (status == PIL_OK)
            status = count_batch(dead, batch, analyser, err);
        pil_batch_free(batch);
    }
    return status;
}

pil_status pil_dead_words_count(pil_dead_words *dead, pil_segment *segment, pil_analyser *analyser,
                                pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < segment->entry->n_dead && status == PIL_OK; i++)
        status = count_range(dead, segment, segment->entry->dead[i], analyser, err);
    return status;
}

pil_status pil_dead_words_subtract(const pil_dead_words *dead, pil_lexicon_word *word,
                                   pil_error *err)
{
    if (dead->words.n_entries == 0)
        return PIL_OK;
    pil_buffer key;
    pil_buffer_init(&key, PIL_RECORD_MAX_BYTES);
    pil_status status = make_key(word, &key, err);
    uint32_t number =
        status == PIL_OK ? pil_intern_find(&dead->words, key.bytes, key.length) : PIL_INTERN_NONE;
    pil_buffer_dispose(&key);
    if (number == PIL_INTERN_NONE)
        return status;
    const pil_dead_count *count = &dead->counts[number];
    if (count->n_written > word->n_written || count->n_derived > word->n_derived)
        return pil_error_set(err, PIL_CORRUPT, "the lexicon lacks words of the paragraphs");
    word->n_written -= count->n_written;
    word->n_derived -= count->n_derived;
    return PIL_OK;
}

pil_status pil_dead_words_subtract_acronyms(const pil_dead_words *dead, pil_acronym_table *table,
                                            pil_error *err)
{
    pil_acronym *list;
    size_t n;
    pil_status status = pil_acronym_table_list(&dead->acronyms, SIZE_MAX, &list, &n);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        pil_acronym_table_subtract(table, &list[i]);
    free(list);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}
