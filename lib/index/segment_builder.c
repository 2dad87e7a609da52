#include "segment_builder.h"

#include "base/file.h"
#include "batch_input.h"
#include "index/common_words.h"
#include "index/dictionary.h"
#include "index/schema.h"
#include "segment_build.h"
#include "term_merge.h"
#include "text/stop_words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* An index gets its first list of common words, and its first dictionary, when it has enough text
 * to choose from. */
static const uint64_t COMMON_MIN_BYTES = 1 << 20;
static const uint64_t DICTIONARY_MIN_BYTES = 1 << 20;
/* A segment gets a dictionary of its own when it has so many times the text that the last one is
 * used for: so an index has few, however it grows. */
enum { DICTIONARY_GROWTH = 4 };

/* Of the memory, what a batch may take that is not inverted yet, and about how much text it has. */
enum { UNSETTLED_SHARE = 16, BATCH_BYTES = 2 << 20 };
/* Encoded records, of their texts. */
static const double RECORDS_SHARE = 0.4;

struct pil_segment_builder {
    pil_analyser_pool *pool;
    pil_segment_input **inputs;
    size_t n_inputs, capacity;
    size_t n_settled;                                     /* inputs whose inversion is known */
    uint64_t settled_text_bytes, settled_inversion_bytes; /* of these */
    uint64_t article_bytes, text_bytes;                   /* of all inputs */
    uint32_t n_paragraphs;
    uint64_t common_number; /* 0: none, or chosen here */
    char *common_line;      /* chosen here, or NULL */
    pil_common_words common;
    bool has_common;
    bool is_choosing; /* until there is enough text: the inputs are not inverted before */
};

pil_status pil_segment_builder_new(pil_segment_builder **out, pil_analyser_pool *pool,
                                   const pil_manifest *manifest, pil_error *err)
{
    *out = NULL;
    pil_segment_builder *builder = calloc(1, sizeof *builder);
    if (builder == NULL)
        return pil_error_no_memory(err);
    builder->pool = pool;
    builder->is_choosing = manifest->n_commons == 0;
    pil_status status = PIL_OK;
    if (manifest->n_commons > 0) {
        const pil_manifest_common *last = &manifest->commons[manifest->n_commons - 1];
        builder->common_number = last->number;
        builder->has_common = true;
        status = pil_common_words_read(&builder->common, last->words, err);
    }
    if (status == PIL_OK)
        *out = builder;
    else
        pil_segment_builder_free(builder);
    return status;
}

void pil_segment_builder_free(pil_segment_builder *builder)
{
    if (builder == NULL)
        return;
    for (size_t i = 0; i < builder->n_inputs; i++)
        builder->inputs[i]->ops->close(builder->inputs[i]);
    free(builder->inputs);
    free(builder->common_line);
    pil_common_words_dispose(&builder->common);
    free(builder);
}

/* ---- memory ---- */

/* Takes down what the inversions take, but for the last ones, which may be under way. */
static pil_status settle(pil_segment_builder *builder, size_t n_unsettled, pil_error *err)
{
    pil_status status = PIL_OK;
    while (status == PIL_OK && builder->n_settled + n_unsettled < builder->n_inputs) {
        pil_segment_input *input = builder->inputs[builder->n_settled];
        status = pil_batch_input_wait(input, err);
        if (status != PIL_OK)
            break;
        builder->settled_inversion_bytes += pil_inversion_bytes(pil_batch_input_inversion(input));
        builder->settled_text_bytes += input->text_bytes;
        builder->n_settled++;
    }
    return status;
}

/* What all inversions take when there is so much text. Most texts have few words, over and over;
 * but where each word is another one, the inversion is several times the text. */
static double inversion_bytes(const pil_segment_builder *builder, uint64_t text_bytes)
{
    double ratio = builder->settled_text_bytes == 0 ? 0.35
                                                    : (double)builder->settled_inversion_bytes /
                                                          (double)builder->settled_text_bytes;
    return (double)builder->settled_inversion_bytes +
           ratio * (double)(text_bytes - builder->settled_text_bytes);
}

pil_status pil_segment_builder_has_room(pil_segment_builder *builder, const pil_batch *batch,
                                        uint64_t memory_bytes, bool *has_room, pil_error *err)
{
    uint64_t n_unsettled = memory_bytes / UNSETTLED_SHARE / BATCH_BYTES;
    n_unsettled = n_unsettled < 2 ? 2 : n_unsettled > 32 ? 32 : n_unsettled;
    pil_status status = builder->is_choosing ? PIL_OK : settle(builder, (size_t)n_unsettled, err);
    uint64_t text_bytes = builder->text_bytes + batch->text_bytes;
    double n_bytes = (double)(builder->article_bytes + batch->arena.total_bytes) +
                     RECORDS_SHARE * (double)text_bytes + inversion_bytes(builder, text_bytes);
    /* Each word has a byte of its own. */
    *has_room = n_bytes <= (double)memory_bytes && text_bytes <= UINT32_MAX;
    return status;
}

uint32_t pil_segment_builder_n_paragraphs(const pil_segment_builder *builder)
{
    return builder->n_paragraphs;
}

/* ---- adding ---- */

static pil_status push(pil_segment_builder *builder, pil_segment_input *input, pil_error *err)
{
    if (builder->n_inputs == builder->capacity) {
        size_t capacity = builder->capacity == 0 ? 16 : builder->capacity * 2;
        pil_segment_input **grown = realloc(builder->inputs, capacity * sizeof *grown);
        if (grown == NULL) {
            input->ops->close(input);
            return pil_error_no_memory(err);
        }
        builder->inputs = grown;
        builder->capacity = capacity;
    }
    builder->inputs[builder->n_inputs++] = input;
    return PIL_OK;
}

static pil_status invert_all(pil_segment_builder *builder, const pil_common_words *common,
                             pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < builder->n_inputs && status == PIL_OK; i++)
        status = pil_batch_input_invert(builder->inputs[i], common, err);
    return status;
}

static pil_status wait_for_inversions(pil_segment_builder *builder, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < builder->n_inputs && status == PIL_OK; i++)
        status = pil_batch_input_wait(builder->inputs[i], err);
    return status;
}

/* Adds the stems of the stop words of the language that a term stands for, if it has any. */
static pil_status add_stop_words(pil_intern *stems, pil_analyser *analyser,
                                 const pil_inverted_term *term, pil_error *err)
{
    const size_t prefix = strlen(PIL_PREFIX_LANGUAGE);
    char language[PIL_LANGUAGE_MAX] = "";
    const pil_token *tokens;
    size_t n_tokens = 0;
    uint32_t number;
    if (term->length - prefix < sizeof language)
        memcpy(language, term->bytes + prefix, term->length - prefix);
    const char *words = pil_stop_words(language);
    pil_status status = PIL_OK;
    if (words != NULL)
        status =
            pil_analyser_run(analyser, language, words, strlen(words), &tokens, &n_tokens, err);
    for (size_t i = 0; i < n_tokens && status == PIL_OK; i++)
        if (pil_intern_add(stems, tokens[i].term, tokens[i].term_bytes, &number, NULL) != PIL_OK)
            status = pil_error_no_memory(err);
    return status;
}

/* Offers the stems of all inputs, which are inverted and lose that. The terms of languages come
 * before the stems. */
static pil_status offer_stems(const pil_segment_builder *builder, pil_common_choice *choice,
                              pil_error *err)
{
    const size_t prefix = strlen(PIL_PREFIX_STEM);
    pil_term_merge *terms = NULL;
    pil_inverted_term term;
    pil_analyser *analyser = NULL;
    pil_intern stop_words = {0};
    pil_status status = pil_analyser_new(&analyser, err);
    if (status == PIL_OK)
        status = pil_term_merge_new(&terms, builder->inputs, builder->n_inputs, err);
    while (status == PIL_OK && (status = pil_term_merge_next(terms, &term, err)) == PIL_OK) {
        const char *stem = term.bytes + prefix;
        size_t length = term.length - prefix;
        if (strncmp(term.bytes, PIL_PREFIX_LANGUAGE, strlen(PIL_PREFIX_LANGUAGE)) == 0)
            status = add_stop_words(&stop_words, analyser, &term, err);
        else if (strncmp(term.bytes, PIL_PREFIX_STEM, prefix) == 0)
            pil_common_choice_offer(choice, stem, length, term.postings.n,
                                    pil_intern_find(&stop_words, stem, length) != PIL_INTERN_NONE);
    }
    pil_term_merge_free(terms);
    pil_analyser_free(analyser);
    pil_intern_dispose(&stop_words);
    return status == PIL_DONE ? PIL_OK : status;
}

/* Chooses the words that are most common in all inputs so far. These are inverted twice: what is
 * common in them is only known then. */
static pil_status choose_common(pil_segment_builder *builder, pil_error *err)
{
    pil_common_choice *choice = calloc(1, sizeof *choice);
    pil_status status = choice == NULL ? pil_error_no_memory(err) : invert_all(builder, NULL, err);
    if (status == PIL_OK)
        status = wait_for_inversions(builder, err);
    if (status == PIL_OK)
        status = offer_stems(builder, choice, err);
    if (status == PIL_OK) {
        builder->common_line = pil_common_choice_line(choice, builder->n_paragraphs);
        status = builder->common_line == NULL
                     ? pil_error_no_memory(err)
                     : pil_common_words_read(&builder->common, builder->common_line, err);
    }
    free(choice);
    builder->has_common = status == PIL_OK && builder->common_line[0] != '\0';
    return status;
}

/* Begins to invert what has been waiting for common words. */
static pil_status begin_inverting(pil_segment_builder *builder, pil_error *err)
{
    builder->is_choosing = false;
    return invert_all(builder, builder->has_common ? &builder->common : NULL, err);
}

pil_status pil_segment_builder_add(pil_segment_builder *builder, pil_batch *batch, pil_error *err)
{
    uint64_t article_bytes = batch->arena.total_bytes;
    pil_segment_input *input;
    pil_status status = pil_batch_input_new(&input, batch, builder->pool, err);
    if (status == PIL_OK)
        status = push(builder, input, err);
    if (status != PIL_OK)
        return status;
    builder->article_bytes += article_bytes;
    builder->text_bytes += input->text_bytes;
    builder->n_paragraphs += input->n_paragraphs;
    if (!builder->is_choosing)
        return pil_batch_input_invert(input, builder->has_common ? &builder->common : NULL, err);
    if (builder->text_bytes < COMMON_MIN_BYTES)
        return PIL_OK;
    status = choose_common(builder, err);
    return status == PIL_OK ? begin_inverting(builder, err) : status;
}

/* ---- the dictionary ---- */

typedef struct sample {
    pil_buffer texts;
    size_t *lengths; /* [0..n) */
    size_t n, capacity;
} sample;

static pil_status add_to_sample(sample *self, const pil_record *record, pil_error *err)
{
    if (self->n == self->capacity) {
        size_t capacity = self->capacity == 0 ? 4096 : self->capacity * 2;
        size_t *grown = realloc(self->lengths, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        self->lengths = grown;
        self->capacity = capacity;
    }
    if (pil_buffer_append(&self->texts, record->text, record->text_bytes) != PIL_OK)
        return pil_error_no_memory(err);
    self->lengths[self->n++] = record->text_bytes;
    return PIL_OK;
}

/* Every stride-th paragraph, so that all parts of the segment are in it. */
static pil_status take_sample(const pil_segment_builder *builder, sample *self, pil_error *err)
{
    uint64_t stride = builder->text_bytes / PIL_DICTIONARY_SAMPLE_BYTES + 1, n = 0;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < builder->n_inputs; i++) {
        const pil_batch *batch = pil_batch_input_batch(builder->inputs[i]);
        for (size_t a = 0; a < batch->n_articles; a++) {
            const pil_batch_article *article = &batch->articles[a];
            uint32_t n_paragraphs = article->is_wanted ? article->meta.n_paragraphs : 0;
            for (uint32_t p = 0; p < n_paragraphs && status == PIL_OK; p++) {
                if (n++ % stride == 0)
                    status = add_to_sample(self, &article->paragraphs[p], err);
            }
        }
    }
    return status;
}

static pil_status train(const pil_segment_builder *builder, pil_buffer *dictionary, pil_error *err)
{
    sample texts = {0};
    pil_buffer_init(&texts.texts, SIZE_MAX / 2);
    pil_status status = take_sample(builder, &texts, err);
    if (status == PIL_OK)
        status = pil_dictionary_train(texts.texts.bytes, texts.lengths, texts.n, dictionary, err);
    pil_buffer_dispose(&texts.texts);
    free(texts.lengths);
    return status;
}

static pil_status store_dictionary(const char *index_directory, const pil_buffer *dictionary,
                                   pil_manifest *next, pil_error *err)
{
    pil_manifest_dictionary entry = {
        .number = next->generation,
        .n_bytes = dictionary->length,
        .digest = pil_digest_of(dictionary->bytes, dictionary->length),
    };
    char *path = pil_dictionary_path(index_directory, entry.number);
    if (path == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_file_replace(path, dictionary->bytes, dictionary->length, err);
    free(path);
    return status == PIL_OK ? pil_manifest_add_dictionary(next, &entry, err) : status;
}

/* The text of the segments that need this dictionary. */
static uint64_t text_with(const pil_manifest *manifest, uint64_t dictionary)
{
    uint64_t n_bytes = 0;
    for (size_t i = 0; i < manifest->n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        for (size_t d = 0; d < segment->n_dictionaries; d++)
            n_bytes += segment->dictionaries[d] == dictionary ? segment->text_bytes : 0;
    }
    return n_bytes;
}

static bool wants_own_dictionary(const pil_segment_builder *builder, const pil_manifest *next)
{
    if (next->n_dictionaries == 0)
        return builder->text_bytes >= DICTIONARY_MIN_BYTES;
    uint64_t last = next->dictionaries[next->n_dictionaries - 1].number;
    /* A commit adds one at most. */
    return builder->text_bytes >= DICTIONARY_MIN_BYTES && last != next->generation &&
           builder->text_bytes / DICTIONARY_GROWTH >= text_with(next, last);
}

/* The dictionary for this segment into *bytes, which stays empty for none; *number says which. */
static pil_status choose_dictionary(const pil_segment_builder *builder, const char *index_directory,
                                    pil_manifest *next, pil_buffer *bytes, uint64_t *number,
                                    pil_error *err)
{
    *number = 0;
    if (wants_own_dictionary(builder, next)) {
        pil_status status = train(builder, bytes, err);
        if (status != PIL_OK)
            return status;
        if (bytes->length > 0) {
            *number = next->generation;
            return store_dictionary(index_directory, bytes, next, err);
        }
    }
    if (next->n_dictionaries == 0)
        return PIL_OK;
    const pil_manifest_dictionary *last = &next->dictionaries[next->n_dictionaries - 1];
    *number = last->number;
    return pil_dictionary_read(index_directory, last, bytes, err);
}

/* ---- finishing ---- */

static pil_status name_common(pil_segment_builder *builder, pil_manifest *next,
                              pil_manifest_segment *segment, pil_error *err)
{
    segment->common = builder->common_number;
    if (builder->common_line == NULL || !builder->has_common)
        return PIL_OK;
    pil_manifest_common common = {.number = next->generation,
                                  .text_bytes = builder->text_bytes,
                                  .words = builder->common_line};
    builder->common_line = NULL;
    segment->common = common.number;
    return pil_manifest_add_common(next, &common, err);
}

static pil_status name_dictionary(pil_manifest_segment *segment, uint64_t number, pil_error *err)
{
    if (number == 0)
        return PIL_OK;
    segment->dictionaries = malloc(sizeof *segment->dictionaries);
    if (segment->dictionaries == NULL)
        return pil_error_no_memory(err);
    segment->dictionaries[0] = number;
    segment->n_dictionaries = 1;
    return PIL_OK;
}

pil_status pil_segment_builder_finish(pil_segment_builder *builder, const char *index_directory,
                                      const char *stamp, pil_manifest *next,
                                      pil_manifest_segment *out, pil_error *err)
{
    pil_manifest_segment segment = {0};
    pil_buffer dictionary;
    pil_buffer_init(&dictionary, PIL_DICTIONARY_MAX_BYTES);
    uint64_t number = 0;
    pil_status status = builder->is_choosing ? begin_inverting(builder, err) : PIL_OK;
    if (status == PIL_OK)
        status = choose_dictionary(builder, index_directory, next, &dictionary, &number, err);
    pil_compression *compression =
        status != PIL_OK ? NULL : pil_compression_new(number, dictionary.bytes, dictionary.length);
    if (status == PIL_OK && compression == NULL)
        status = pil_error_no_memory(err);
    if (status == PIL_OK)
        status = wait_for_inversions(builder, err);
    for (size_t i = 0; i < builder->n_inputs && status == PIL_OK; i++)
        status = pil_batch_input_encode(builder->inputs[i], compression, err);
    if (status == PIL_OK)
        status =
            pil_segment_build(index_directory, builder->inputs, builder->n_inputs, &segment, err);
    if (status == PIL_OK)
        status = name_common(builder, next, &segment, err);
    if (status == PIL_OK)
        status = name_dictionary(&segment, number, err);
    if (status == PIL_OK) {
        segment.stamp = strdup(stamp);
        if (segment.stamp == NULL)
            status = pil_error_no_memory(err);
    }
    if (status == PIL_OK)
        *out = segment;
    else
        pil_manifest_segment_dispose(&segment);
    /* What the tasks that are left over use must not go before them. */
    for (size_t i = 0; i < builder->n_inputs; i++)
        (void)!pil_batch_input_wait(builder->inputs[i], NULL);
    pil_compression_free(compression);
    pil_buffer_dispose(&dictionary);
    return status;
}
