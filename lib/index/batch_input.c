#include "batch_input.h"

#include <stdlib.h>

typedef struct batch_input {
    pil_segment_input input; /* first: a pointer to it is one to this */
    pil_batch *batch;
    pil_inversion *inversion;
    pil_analyser_pool *pool;
    pil_task *task; /* under way, or NULL */
    const pil_common_words *common;
    const pil_compression *compression;
    size_t next_article, next_word, next_term;
    pil_buffer records;       /* encoded, one behind the other */
    uint32_t *record_lengths; /* [0..input.n_paragraphs) */
    uint32_t next_record;
    size_t record_at; /* of next_record in records */
} batch_input;

static batch_input *of(pil_segment_input *input)
{
    return (batch_input *)input;
}

/* ---- what the workers do ---- */

static pil_status invert(void *context, unsigned worker, pil_error *err)
{
    batch_input *self = context;
    pil_analyser *analyser;
    pil_status status = pil_analyser_pool_get(self->pool, worker, &analyser, err);
    if (status != PIL_OK)
        return status;
    return pil_inversion_make(self->batch, analyser, self->common, &self->inversion, err);
}

static pil_status encode_article(batch_input *self, const pil_batch_article *article,
                                 pil_compressor *compressor, uint32_t *n, pil_error *err)
{
    pil_status status = PIL_OK;
    for (uint32_t i = 0; i < article->meta.n_paragraphs && status == PIL_OK; i++) {
        size_t before = self->records.length;
        status = pil_record_encode(&article->paragraphs[i], compressor, &self->records, err);
        self->record_lengths[(*n)++] = (uint32_t)(self->records.length - before);
    }
    return status;
}

static pil_status encode(void *context, unsigned worker, pil_error *err)
{
    (void)worker;
    batch_input *self = context;
    pil_compressor *compressor = pil_compressor_new(self->compression);
    self->record_lengths = malloc((self->input.n_paragraphs + 1) * sizeof *self->record_lengths);
    pil_status status = PIL_OK;
    if (compressor == NULL || self->record_lengths == NULL)
        status = pil_error_no_memory(err);
    uint32_t n = 0;
    for (size_t i = 0; i < self->batch->n_articles && status == PIL_OK; i++) {
        if (self->batch->articles[i].is_wanted)
            status = encode_article(self, &self->batch->articles[i], compressor, &n, err);
    }
    pil_compressor_free(compressor);
    return status;
}

/* ---- the streams ---- */

static pil_status acronyms(pil_segment_input *input, pil_acronym_table *table, pil_error *err)
{
    pil_status status = pil_acronym_table_add_all(table, &of(input)->inversion->acronyms);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

static pil_status next_article(pil_segment_input *input, pil_article_meta *meta, pil_error *err)
{
    (void)err;
    batch_input *self = of(input);
    while (self->next_article < self->batch->n_articles) {
        const pil_batch_article *article = &self->batch->articles[self->next_article++];
        if (article->is_wanted && article->meta.n_paragraphs > 0) {
            *meta = article->meta;
            return PIL_OK;
        }
    }
    return PIL_DONE;
}

static pil_status next_word(pil_segment_input *input, pil_lexicon_word *word, pil_error *err)
{
    (void)err;
    batch_input *self = of(input);
    if (self->next_word == self->inversion->n_words)
        return PIL_DONE;
    *word = self->inversion->words[self->next_word++];
    return PIL_OK;
}

static pil_status lengths(pil_segment_input *input, pil_postings *out, pil_error *err)
{
    (void)err;
    *out = of(input)->inversion->lengths;
    return PIL_OK;
}

static pil_status next_term(pil_segment_input *input, pil_inverted_term *term, pil_error *err)
{
    (void)err;
    batch_input *self = of(input);
    if (self->inversion != NULL && self->next_term < self->inversion->n_terms) {
        *term = self->inversion->terms[self->next_term++];
        return PIL_OK;
    }
    /* Nobody needs it any more. */
    pil_inversion_free(self->inversion);
    self->inversion = NULL;
    return PIL_DONE;
}

static pil_status next_record(pil_segment_input *input, const void **bytes, size_t *length,
                              pil_error *err)
{
    batch_input *self = of(input);
    if (self->task != NULL) {
        pil_status status = pil_batch_input_wait(input, err);
        if (status != PIL_OK)
            return status;
        /* The texts are in the records now. */
        pil_batch_free(self->batch);
        self->batch = NULL;
    }
    if (self->next_record == input->n_paragraphs)
        return PIL_DONE;
    *bytes = self->records.bytes + self->record_at;
    *length = self->record_lengths[self->next_record++];
    self->record_at += *length;
    return PIL_OK;
}

static void close_input(pil_segment_input *input)
{
    batch_input *self = of(input);
    if (self->task != NULL)
        (void)!pil_workers_wait(self->pool->workers, self->task, NULL);
    pil_batch_free(self->batch);
    pil_inversion_free(self->inversion);
    pil_buffer_dispose(&self->records);
    free(self->record_lengths);
    free(self);
}

/* ---- making one ---- */

pil_status pil_batch_input_new(pil_segment_input **out, pil_batch *batch, pil_analyser_pool *pool,
                               pil_error *err)
{
    static const pil_segment_input_ops ops = {acronyms,  next_article, next_word,  lengths,
                                              next_term, next_record,  close_input};
    *out = NULL;
    batch_input *self = calloc(1, sizeof *self);
    if (self == NULL) {
        pil_batch_free(batch);
        return pil_error_no_memory(err);
    }
    *self = (batch_input){.input = {.ops = &ops}, .batch = batch, .pool = pool};
    pil_buffer_init(&self->records, SIZE_MAX / 2);
    for (size_t i = 0; i < batch->n_articles; i++) {
        const pil_batch_article *article = &batch->articles[i];
        if (!article->is_wanted)
            continue;
        self->input.n_paragraphs += article->meta.n_paragraphs;
        for (uint32_t at = 0; at < article->meta.n_paragraphs; at++)
            self->input.text_bytes += article->paragraphs[at].text_bytes;
    }
    *out = &self->input;
    return PIL_OK;
}

pil_status pil_batch_input_invert(pil_segment_input *input, const pil_common_words *common,
                                  pil_error *err)
{
    batch_input *self = of(input);
    self->common = common;
    pil_inversion_free(self->inversion);
    self->inversion = NULL;
    self->next_term = 0;
    return pil_workers_submit(self->pool->workers, invert, self, &self->task, err);
}

pil_status pil_batch_input_wait(pil_segment_input *input, pil_error *err)
{
    batch_input *self = of(input);
    if (self->task == NULL)
        return PIL_OK;
    pil_task *task = self->task;
    self->task = NULL;
    return pil_workers_wait(self->pool->workers, task, err);
}

const pil_inversion *pil_batch_input_inversion(const pil_segment_input *input)
{
    return ((const batch_input *)input)->inversion;
}

const pil_batch *pil_batch_input_batch(const pil_segment_input *input)
{
    return ((const batch_input *)input)->batch;
}

pil_status pil_batch_input_encode(pil_segment_input *input, const pil_compression *compression,
                                  pil_error *err)
{
    batch_input *self = of(input);
    self->compression = compression;
    return pil_workers_submit(self->pool->workers, encode, self, &self->task, err);
}
