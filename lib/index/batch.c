#include "index/batch.h"

#include "base/intern.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Longer metadata is cut: it is shown on one line. */
enum { META_MAX_BYTES = 2048 };

pil_batch *pil_batch_new(void)
{
    return calloc(1, sizeof(pil_batch));
}

void pil_batch_free(pil_batch *batch)
{
    if (batch == NULL)
        return;
    pil_arena_dispose(&batch->arena);
    free(batch->articles);
    free(batch);
}

/* ---- which of several equal paragraphs is it? ---- */

/* What is known of the paragraphs of one article. */
typedef struct repeat_finder {
    uint32_t id_seed;
    pil_intern ids;   /* those taken */
    pil_intern texts; /* hashes of the texts whose first id was taken when they came */
    uint32_t *next;   /* by number in texts: the repeat to try; all before are taken */
    size_t capacity;
} repeat_finder;

static void dispose_finder(repeat_finder *finder)
{
    pil_intern_dispose(&finder->ids);
    pil_intern_dispose(&finder->texts);
    free(finder->next);
}

/* Takes the id of the text with this repeat; *is_new is false when it was taken. */
static pil_status take_id(repeat_finder *finder, const pil_paragraph *paragraph, uint32_t repeat,
                          bool *is_new)
{
    uint32_t number;
    uint64_t id =
        pil_paragraph_id(finder->id_seed, paragraph->text, paragraph->length_bytes, repeat);
    return pil_intern_add(&finder->ids, &id, sizeof id, &number, is_new);
}

/* Where it is noted which repeat of the text to try next; NULL when memory ran out. */
static uint32_t *find_next(repeat_finder *finder, const pil_paragraph *paragraph)
{
    if (finder->texts.n_entries == finder->capacity) {
        size_t capacity = finder->capacity == 0 ? 16 : finder->capacity * 2;
        uint32_t *grown = realloc(finder->next, capacity * sizeof *grown);
        if (grown == NULL)
            return NULL;
        finder->next = grown;
        finder->capacity = capacity;
    }
    uint64_t hash = pil_hash64(paragraph->text, paragraph->length_bytes);
    uint32_t number;
    bool is_new;
    if (pil_intern_add(&finder->texts, &hash, sizeof hash, &number, &is_new) != PIL_OK)
        return NULL;
    if (is_new)
        finder->next[number] = 1;
    return &finder->next[number];
}

/* The smallest repeat whose id is not taken. A text that comes a hundred thousand times goes on
 * from where it was, so that the time stays linear. */
static pil_status find_repeat(repeat_finder *finder, const pil_paragraph *paragraph,
                              uint32_t *repeat)
{
    bool is_new;
    *repeat = 0;
    pil_status status = take_id(finder, paragraph, 0, &is_new);
    if (status != PIL_OK || is_new)
        return status;
    uint32_t *next = find_next(finder, paragraph);
    if (next == NULL)
        return PIL_NO_MEMORY;
    while (status == PIL_OK && !is_new) {
        *repeat = (*next)++;
        status = take_id(finder, paragraph, *repeat, &is_new);
    }
    return status;
}

static pil_status number_repeats(const pil_batch_article *article, const pil_paragraphs *paragraphs)
{
    if (paragraphs->n_items < 2)
        return PIL_OK;
    repeat_finder finder = {.id_seed = article->meta.id_seed};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < paragraphs->n_items && status == PIL_OK; i++)
        status = find_repeat(&finder, &paragraphs->items[i], &article->paragraphs[i].repeat);
    dispose_finder(&finder);
    return status;
}

/* ---- copies ---- */

/* NULL when memory ran out. */
static const char *copy(pil_batch *batch, const char *string)
{
    return string == NULL ? "" : pil_arena_copy(&batch->arena, string, strlen(string));
}

static const char *copy_cut(pil_batch *batch, const char *string)
{
    size_t length = string == NULL ? 0 : strlen(string);
    if (length == 0)
        return "";
    if (length > META_MAX_BYTES)
        length = pil_utf8_boundary(string, length, META_MAX_BYTES);
    return pil_arena_copy(&batch->arena, string, length);
}

static bool copy_meta(pil_batch *batch, const pil_new_article *given, pil_article_meta *meta)
{
    const pil_article_meta *from = &given->meta;
    *meta = (pil_article_meta){
        .id = copy(batch, from->id),
        .path = copy(batch, from->path),
        .member_bytes = from->member_bytes,
        .title = copy_cut(batch, from->title),
        .author = copy_cut(batch, from->author),
        .date = copy_cut(batch, from->date),
        .language = copy(batch, from->language),
        .source = copy_cut(batch, from->source),
        .url = copy_cut(batch, from->url),
        .n_paragraphs = (uint32_t)given->paragraphs->n_items,
    };
    return meta->id != NULL && meta->path != NULL && meta->title != NULL && meta->author != NULL &&
           meta->date != NULL && meta->language != NULL && meta->source != NULL &&
           meta->url != NULL;
}

static uint32_t first_line(const pil_paragraphs *paragraphs)
{
    uint32_t first = UINT32_MAX;
    for (size_t i = 0; i < paragraphs->n_items; i++)
        if (paragraphs->items[i].line < first)
            first = paragraphs->items[i].line;
    return first;
}

static bool copy_paragraphs(pil_batch *batch, const pil_paragraphs *paragraphs,
                            pil_batch_article *article)
{
    article->paragraphs =
        pil_arena_alloc(&batch->arena, paragraphs->n_items * sizeof *article->paragraphs);
    if (article->paragraphs == NULL)
        return false;
    uint32_t line = first_line(paragraphs);
    const char *heading = NULL, *heading_copy = NULL;
    for (size_t i = 0; i < paragraphs->n_items; i++) {
        const pil_paragraph *from = &paragraphs->items[i];
        /* Paragraphs under one heading mostly share its string. */
        if (i == 0 || from->heading != heading)
            heading_copy = copy_cut(batch, from->heading);
        heading = from->heading;
        article->paragraphs[i] = (pil_record){
            .number = (uint32_t)i + 1,
            .begin_byte = from->begin_byte,
            .end_byte = from->end_byte,
            .line = from->line - line,
            .page = from->page,
            .language = article->meta.language,
            .heading = heading_copy,
            .text = pil_arena_copy(&batch->arena, from->text, from->length_bytes),
            .text_bytes = from->length_bytes,
        };
        if (heading_copy == NULL || article->paragraphs[i].text == NULL)
            return false;
    }
    return true;
}

static bool make_room(pil_batch *batch)
{
    if (batch->n_articles < batch->capacity)
        return true;
    size_t capacity = batch->capacity == 0 ? 8 : batch->capacity * 2;
    pil_batch_article *grown = realloc(batch->articles, capacity * sizeof *grown);
    if (grown == NULL)
        return false;
    batch->articles = grown;
    batch->capacity = capacity;
    return true;
}

pil_status pil_batch_append(pil_batch *batch, pil_batch_article **out, pil_error *err)
{
    if (!make_room(batch))
        return pil_error_no_memory(err);
    *out = &batch->articles[batch->n_articles++];
    **out = (pil_batch_article){0};
    return PIL_OK;
}

pil_status pil_batch_add(pil_batch *batch, const pil_new_article *given, pil_error *err)
{
    const pil_paragraphs *paragraphs = given->paragraphs;
    pil_batch_article article = {.content = given->content};
    if (!make_room(batch) || !copy_meta(batch, given, &article.meta))
        return pil_error_no_memory(err);
    article.key = pil_digest_of(article.meta.id, strlen(article.meta.id));
    article.meta.id_seed = pil_article_id_seed(&article.key);
    if (paragraphs->n_items > 0) {
        article.meta.line = first_line(paragraphs) + given->line_offset;
        if (!copy_paragraphs(batch, paragraphs, &article) ||
            number_repeats(&article, paragraphs) != PIL_OK)
            return pil_error_no_memory(err);
    }
    batch->articles[batch->n_articles++] = article;
    batch->n_paragraphs += paragraphs->n_items;
    for (size_t i = 0; i < paragraphs->n_items; i++)
        batch->text_bytes += paragraphs->items[i].length_bytes;
    return PIL_OK;
}
