#include "word_merge.h"

#include "base/arena.h"
#include "merge_heap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct word_stream {
    pil_segment_input *input;
    pil_lexicon_word word;
} word_stream;

struct pil_word_merge {
    word_stream *streams;
    size_t n_streams;
    pil_merge_heap heap;
    pil_arena strings; /* of the word given out */
};

static int compare(const void *context, size_t left, size_t right)
{
    const pil_word_merge *merge = context;
    return pil_lexicon_compare(&merge->streams[left].word, &merge->streams[right].word);
}

static pil_status advance(word_stream *stream, pil_error *err)
{
    return stream->input->ops->next_word(stream->input, &stream->word, err);
}

pil_status pil_word_merge_new(pil_word_merge **out, pil_segment_input *const *inputs,
                              size_t n_inputs, pil_error *err)
{
    *out = NULL;
    pil_word_merge *merge = calloc(1, sizeof *merge);
    if (merge == NULL)
        return pil_error_no_memory(err);
    merge->n_streams = n_inputs;
    merge->streams = calloc(n_inputs + 1, sizeof *merge->streams);
    pil_status status = merge->streams == NULL
                            ? pil_error_no_memory(err)
                            : pil_merge_heap_init(&merge->heap, n_inputs, compare, merge, err);
    for (size_t i = 0; i < n_inputs && status == PIL_OK; i++) {
        merge->streams[i].input = inputs[i];
        status = advance(&merge->streams[i], err);
        if (status == PIL_OK)
            pil_merge_heap_push(&merge->heap, i);
        else if (status == PIL_DONE)
            status = PIL_OK;
    }
    if (status == PIL_OK)
        *out = merge;
    else
        pil_word_merge_free(merge);
    return status;
}

void pil_word_merge_free(pil_word_merge *merge)
{
    if (merge == NULL)
        return;
    pil_merge_heap_dispose(&merge->heap);
    pil_arena_dispose(&merge->strings);
    free(merge->streams);
    free(merge);
}

static pil_status keep(pil_word_merge *merge, const pil_lexicon_word *from, pil_lexicon_word *word,
                       pil_error *err)
{
    pil_arena_clear(&merge->strings);
    *word = (pil_lexicon_word){
        .language = pil_arena_copy(&merge->strings, from->language, strlen(from->language)),
        .form = pil_arena_copy(&merge->strings, from->form, strlen(from->form)),
        .stem = pil_arena_copy(&merge->strings, from->stem, strlen(from->stem)),
    };
    bool is_whole = word->language != NULL && word->form != NULL && word->stem != NULL;
    return is_whole ? PIL_OK : pil_error_no_memory(err);
}

pil_status pil_word_merge_next(pil_word_merge *merge, pil_lexicon_word *word, pil_error *err)
{
    if (merge->heap.n_items == 0)
        return PIL_DONE;
    pil_status status = keep(merge, &merge->streams[merge->heap.items[0]].word, word, err);
    while (status == PIL_OK && merge->heap.n_items > 0) {
        word_stream *stream = &merge->streams[merge->heap.items[0]];
        if (pil_lexicon_compare(&stream->word, word) != 0)
            break;
        word->n_written += stream->word.n_written;
        word->n_derived += stream->word.n_derived;
        status = advance(stream, err);
        if (status == PIL_OK) {
            pil_merge_heap_update(&merge->heap);
        } else if (status == PIL_DONE) {
            pil_merge_heap_pop(&merge->heap);
            status = PIL_OK;
        }
    }
    return status;
}
