#include "term_merge.h"

#include "merge_heap.h"
#include "posting_list.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct term_stream {
    pil_segment_input *input;
    uint32_t offset; /* paragraphs of the inputs before it */
    pil_inverted_term term;
} term_stream;

struct pil_term_merge {
    term_stream *streams;
    size_t n_streams;
    pil_merge_heap heap;
    pil_posting_list postings;
    pil_buffer name;
};

static int compare(const void *context, size_t left, size_t right)
{
    const pil_term_merge *merge = context;
    const pil_inverted_term *a = &merge->streams[left].term, *b = &merge->streams[right].term;
    uint32_t length = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->bytes, b->bytes, length);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static pil_status advance(term_stream *stream, pil_error *err)
{
    return stream->input->ops->next_term(stream->input, &stream->term, err);
}

static pil_status fill_heap(pil_term_merge *merge, pil_error *err)
{
    for (size_t i = 0; i < merge->n_streams; i++) {
        pil_status status = advance(&merge->streams[i], err);
        if (status == PIL_OK)
            pil_merge_heap_push(&merge->heap, i);
        else if (status != PIL_DONE)
            return status;
    }
    return PIL_OK;
}

pil_status pil_term_merge_new(pil_term_merge **out, pil_segment_input *const *inputs,
                              size_t n_inputs, pil_error *err)
{
    *out = NULL;
    pil_term_merge *merge = calloc(1, sizeof *merge);
    if (merge == NULL)
        return pil_error_no_memory(err);
    pil_posting_list_init(&merge->postings);
    pil_buffer_init(&merge->name, SIZE_MAX / 2);
    merge->n_streams = n_inputs;
    merge->streams = calloc(n_inputs + 1, sizeof *merge->streams);
    pil_status status = merge->streams == NULL ? pil_error_no_memory(err) : PIL_OK;
    uint32_t offset = 0;
    for (size_t i = 0; i < n_inputs && status == PIL_OK; i++) {
        merge->streams[i] = (term_stream){.input = inputs[i], .offset = offset};
        offset += inputs[i]->n_paragraphs;
    }
    if (status == PIL_OK)
        status = pil_merge_heap_init(&merge->heap, n_inputs, compare, merge, err);
    if (status == PIL_OK)
        status = fill_heap(merge, err);
    if (status == PIL_OK)
        *out = merge;
    else
        pil_term_merge_free(merge);
    return status;
}

void pil_term_merge_free(pil_term_merge *merge)
{
    if (merge == NULL)
        return;
    pil_merge_heap_dispose(&merge->heap);
    pil_posting_list_dispose(&merge->postings);
    pil_buffer_dispose(&merge->name);
    free(merge->streams);
    free(merge);
}

static bool is_at_name(const pil_term_merge *merge, const term_stream *stream)
{
    return stream->term.length == merge->name.length &&
           memcmp(stream->term.bytes, merge->name.bytes, merge->name.length) == 0;
}

pil_status pil_term_merge_next(pil_term_merge *merge, pil_inverted_term *term, pil_error *err)
{
    if (merge->heap.n_items == 0)
        return PIL_DONE;
    const pil_inverted_term *first = &merge->streams[merge->heap.items[0]].term;
    pil_buffer_clear(&merge->name);
    pil_posting_list_clear(&merge->postings);
    if (pil_buffer_append(&merge->name, first->bytes, first->length) != PIL_OK)
        return pil_error_no_memory(err);
    while (merge->heap.n_items > 0) {
        term_stream *stream = &merge->streams[merge->heap.items[0]];
        if (!is_at_name(merge, stream))
            break;
        pil_status status =
            pil_posting_list_append(&merge->postings, &stream->term.postings, stream->offset, err);
        if (status == PIL_OK)
            status = advance(stream, err);
        if (status == PIL_OK)
            pil_merge_heap_update(&merge->heap);
        else if (status == PIL_DONE)
            pil_merge_heap_pop(&merge->heap);
        else
            return status;
    }
    *term = (pil_inverted_term){.bytes = merge->name.bytes,
                                .length = (uint32_t)merge->name.length,
                                .postings = merge->postings.postings};
    return PIL_OK;
}
