#include "judging_pool.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static pil_status add_document(pil_pool *pool, uint32_t number, const pil_hit *hit)
{
    if (number == pool->capacity) {
        size_t capacity = 2 * pool->capacity + 32;
        pil_pool_document *grown = realloc(pool->documents, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        pool->documents = grown;
        pool->capacity = capacity;
    }
    pool->documents[number] = (pil_pool_document){.hit = hit};
    return PIL_OK;
}

pil_status pil_pool_add(pil_pool *pool, const pil_hit *hits, size_t n, pil_naming naming,
                        const char *cwd, pil_error *err)
{
    pil_buffer name;
    pil_status status = PIL_OK;
    pil_buffer_init(&name, SIZE_MAX / 2);
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        uint32_t number;
        bool is_new = false;
        status = pil_judged_name(naming, &hits[i], cwd, &name, err);
        if (status == PIL_OK &&
            (pil_intern_add(&pool->names, name.bytes, name.length, &number, &is_new) != PIL_OK ||
             (is_new && add_document(pool, number, &hits[i]) != PIL_OK)))
            status = pil_error_no_memory(err);
    }
    pil_buffer_dispose(&name);
    return status;
}

static int compare_texts(const pil_pool_document *a, const pil_pool_document *b)
{
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->hit->text_bytes != b->hit->text_bytes)
        return a->hit->text_bytes < b->hit->text_bytes ? -1 : 1;
    return memcmp(a->hit->text, b->hit->text, a->hit->text_bytes);
}

static int compare_documents(const void *left, const void *right)
{
    const pil_pool_document *a = left, *b = right;
    int order = compare_texts(a, b);
    return order != 0 ? order : strcmp(a->name, b->name);
}

/* The text's hash is part of what is hashed, so that the topic decides on the order, too. */
static uint64_t key_of(const char *topic_id, const pil_hit *hit)
{
    const uint64_t hashes[] = {pil_hash64(topic_id, strlen(topic_id)),
                               pil_hash64(hit->text, hit->text_bytes)};
    return pil_hash64(hashes, sizeof hashes);
}

/* Equal texts become one paragraph. */
static void make_paragraphs(pil_pool *pool)
{
    for (size_t i = 0; i < pool->names.n_entries; i++) {
        const pil_pool_document *document = &pool->documents[i];
        if (i == 0 || compare_texts(document, document - 1) != 0)
            pool->paragraphs[pool->n++].documents = document;
        pil_pool_paragraph *paragraph = &pool->paragraphs[pool->n - 1];
        paragraph->n_documents++;
        paragraph->n_open += !document->is_judged;
        paragraph->is_judged = paragraph->n_open == 0;
    }
}

pil_status pil_pool_order(pil_pool *pool, const char *topic_id, const pil_qrels *qrels,
                          pil_error *err)
{
    const pil_qrels_topic *judged = pil_qrels_find(qrels, topic_id);
    size_t n = pool->names.n_entries;
    if (n == 0)
        return PIL_OK;
    pool->paragraphs = calloc(n, sizeof *pool->paragraphs);
    if (pool->paragraphs == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        pil_pool_document *document = &pool->documents[i];
        document->name = pool->names.entries[i].bytes;
        document->key = key_of(topic_id, document->hit);
        document->is_judged = judged != NULL && pil_qrels_is_judged(qrels, judged, document->name);
    }
    qsort(pool->documents, n, sizeof *pool->documents, compare_documents);
    make_paragraphs(pool);
    return PIL_OK;
}

pil_status pil_pool_put_lines(const pil_pool_paragraph *paragraph, const char *topic_id, int grade,
                              pil_buffer *out)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < paragraph->n_documents && status == PIL_OK; i++)
        if (!paragraph->documents[i].is_judged)
            status = pil_buffer_appendf(out, "%s 0 %s %d\n", topic_id, paragraph->documents[i].name,
                                        grade);
    return status;
}

void pil_pool_dispose(pil_pool *pool)
{
    pil_intern_dispose(&pool->names);
    free(pool->documents);
    free(pool->paragraphs);
    *pool = (pil_pool){0};
}
