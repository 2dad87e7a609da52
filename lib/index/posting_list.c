#include "posting_list.h"

#include "glass_coding.h"

void pil_posting_list_init(pil_posting_list *list)
{
    *list = (pil_posting_list){0};
    pil_buffer_init(&list->buffer, SIZE_MAX / 2);
}

void pil_posting_list_dispose(pil_posting_list *list)
{
    pil_buffer_dispose(&list->buffer);
}

void pil_posting_list_clear(pil_posting_list *list)
{
    pil_buffer_clear(&list->buffer);
    list->postings = (pil_postings){0};
}

static pil_status append_gap(pil_posting_list *list, uint32_t docid, pil_error *err)
{
    unsigned char gap[PIL_GLASS_NUMBER_MAX];
    size_t length = pil_glass_put_number(gap, docid - list->postings.last - 1);
    return pil_buffer_append(&list->buffer, gap, length) == PIL_OK ? PIL_OK
                                                                   : pil_error_no_memory(err);
}

static void point(pil_posting_list *list)
{
    list->postings.bytes = (const unsigned char *)list->buffer.bytes;
    list->postings.length = list->buffer.length;
}

pil_status pil_posting_list_append(pil_posting_list *list, const pil_postings *more,
                                   uint32_t offset, pil_error *err)
{
    if (more->n == 0)
        return PIL_OK;
    /* Only the first gap changes. */
    const unsigned char *at = more->bytes, *end = at + more->length;
    uint64_t first;
    if (!pil_glass_get_number(&at, end, &first))
        return pil_error_set(err, PIL_CORRUPT, "a posting list is damaged");
    pil_status status = append_gap(list, offset + (uint32_t)first + 1, err);
    if (status != PIL_OK)
        return status;
    if (pil_buffer_append(&list->buffer, at, (size_t)(end - at)) != PIL_OK)
        return pil_error_no_memory(err);
    list->postings.n += more->n;
    list->postings.last = offset + more->last;
    list->postings.collection_frequency += more->collection_frequency;
    if (more->max_wdf > list->postings.max_wdf)
        list->postings.max_wdf = more->max_wdf;
    point(list);
    return PIL_OK;
}

pil_status pil_posting_list_add(pil_posting_list *list, uint32_t docid, uint32_t wdf,
                                pil_error *err)
{
    pil_status status = append_gap(list, docid, err);
    if (status != PIL_OK)
        return status;
    unsigned char bytes[PIL_GLASS_NUMBER_MAX];
    if (pil_buffer_append(&list->buffer, bytes, pil_glass_put_number(bytes, wdf)) != PIL_OK)
        return pil_error_no_memory(err);
    list->postings.n++;
    list->postings.last = docid;
    list->postings.collection_frequency += wdf;
    if (wdf > list->postings.max_wdf)
        list->postings.max_wdf = wdf;
    point(list);
    return PIL_OK;
}
