#include "writer_internal.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Longer metadata is cut: it is shown on one line. */
enum { META_MAX_BYTES = 2048 };

static void free_source(pil_open_source *source)
{
    if (source == NULL)
        return;
    pil_intern_dispose(&source->keys);
    pil_intern_dispose(&source->old_keys);
    free(source->articles);
    free(source->is_old_seen);
    free(source->path);
    free(source);
}

void pil_writer_drop_source(pil_index_writer *writer)
{
    free_source(writer->source);
    writer->source = NULL;
}

/* Numbers what the catalogue has of the source, so that each article finds its earlier self. */
static pil_status learn_old_articles(pil_open_source *source, const pil_source *old, pil_error *err)
{
    if (old == NULL)
        return PIL_OK;
    source->old_articles = old->articles;
    source->old_recipe = old->recipe;
    source->is_old_seen = calloc(old->n_articles + 1, sizeof *source->is_old_seen);
    if (source->is_old_seen == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < old->n_articles; i++) {
        uint32_t number;
        if (pil_intern_add(&source->old_keys, old->articles[i].key.hex, PIL_DIGEST_LENGTH, &number,
                           NULL) != PIL_OK)
            return pil_error_no_memory(err);
    }
    return PIL_OK;
}

pil_status pil_index_writer_begin_source(pil_index_writer *writer, const char *path,
                                         const pil_source_stat *stat, const pil_digest *content,
                                         uint64_t recipe, pil_error *err)
{
    pil_open_source *source = calloc(1, sizeof *source);
    if (source == NULL)
        return pil_error_no_memory(err);
    source->stat = *stat;
    source->content = *content;
    source->recipe = recipe;
    source->path = strdup(path);
    pil_status status =
        source->path == NULL
            ? pil_error_no_memory(err)
            : learn_old_articles(source, pil_catalogue_find(&writer->catalogue, path), err);
    if (status == PIL_OK)
        writer->source = source;
    else
        free_source(source);
    return status;
}

/* ---- one article ---- */

static const char *cut(pil_index_writer *writer, const char *string)
{
    if (string == NULL || strlen(string) <= META_MAX_BYTES)
        return string;
    size_t length = pil_utf8_boundary(string, strlen(string), META_MAX_BYTES);
    return pil_arena_copy(&writer->scratch, string, length);
}

/* Where it is counted how often a text with this hash came in the article; NULL when memory ran
 * out. */
static uint32_t *find_repeats(pil_index_writer *writer, uint64_t text_hash)
{
    if (writer->paragraph_texts.n_entries == writer->repeats_capacity) {
        size_t capacity = writer->repeats_capacity == 0 ? 64 : writer->repeats_capacity * 2;
        uint32_t *grown = realloc(writer->repeats, capacity * sizeof *grown);
        if (grown == NULL)
            return NULL;
        writer->repeats = grown;
        writer->repeats_capacity = capacity;
    }
    uint32_t number;
    bool is_new;
    if (pil_intern_add(&writer->paragraph_texts, &text_hash, sizeof text_hash, &number, &is_new) !=
        PIL_OK)
        return NULL;
    if (is_new)
        writer->repeats[number] = 0;
    return &writer->repeats[number];
}

/* Stable across runs: of the article, the text, and which one it is when the same text comes
 * several times. */
static pil_status paragraph_id(pil_index_writer *writer, const pil_digest *key,
                               const pil_paragraph *paragraph, uint64_t *id, pil_error *err)
{
    uint64_t parts[2] = {pil_hash64(key->hex, PIL_DIGEST_LENGTH),
                         pil_hash64(paragraph->text, paragraph->length_bytes)};
    uint32_t *n_before = find_repeats(writer, parts[1]);
    if (n_before == NULL)
        return pil_error_no_memory(err);
    parts[0] += *n_before;
    for (bool is_new = false; !is_new; parts[0]++, ++*n_before) {
        uint32_t number;
        *id = pil_hash64(parts, sizeof parts);
        if (pil_intern_add(&writer->paragraph_ids, id, sizeof *id, &number, &is_new) != PIL_OK)
            return pil_error_no_memory(err);
    }
    return PIL_OK;
}

static pil_status add_paragraph(pil_index_writer *writer, const pil_digest *key,
                                const pil_paragraph *paragraph, uint32_t number,
                                uint32_t line_offset, const char *language, pil_error *err)
{
    pil_record record = {
        .number = number,
        .begin_byte = paragraph->begin_byte,
        .end_byte = paragraph->end_byte,
        .line = paragraph->line + line_offset,
        .generation = writer->manifest.generation + 1,
        .language = language,
        .heading = cut(writer, paragraph->heading),
        .text = paragraph->text,
        .text_bytes = paragraph->length_bytes,
    };
    const pil_token *tokens;
    size_t n_tokens;
    pil_status status = paragraph_id(writer, key, paragraph, &record.id, err);
    if (status == PIL_OK)
        status = pil_analyser_run(writer->analyser, language, record.text, record.text_bytes,
                                  &tokens, &n_tokens, err);
    if (status == PIL_OK)
        status = pil_segment_writer_add(writer->builder, &record, tokens, n_tokens, err);
    return status;
}

static pil_status write_article(pil_index_writer *writer, const pil_new_article *article,
                                const pil_digest *key, pil_error *err)
{
    const pil_paragraphs *paragraphs = article->paragraphs;
    if (paragraphs->n_items == 0)
        return PIL_OK;
    pil_arena_clear(&writer->scratch);
    pil_intern_clear(&writer->paragraph_ids);
    pil_intern_clear(&writer->paragraph_texts);
    const pil_article_meta *given = &article->meta;
    bool has_language = given->language != NULL && given->language[0] != '\0';
    const char *language = has_language ? given->language : article->default_language;
    if (language == NULL)
        language = "";
    pil_article_meta meta = {
        .id = given->id,
        .path = given->path,
        .title = cut(writer, given->title),
        .author = cut(writer, given->author),
        .date = cut(writer, given->date),
        .language = language,
        .source = cut(writer, given->source),
        .url = cut(writer, given->url),
        .n_paragraphs = (uint32_t)paragraphs->n_items,
    };
    pil_status status = pil_writer_builder(writer, err);
    if (status == PIL_OK)
        status = pil_writer_note_built(writer, key, meta.n_paragraphs, err);
    if (status == PIL_OK)
        status = pil_segment_writer_add_article(writer->builder, &meta, key, err);
    for (size_t i = 0; i < paragraphs->n_items && status == PIL_OK; i++)
        status = add_paragraph(writer, key, &paragraphs->items[i], (uint32_t)i + 1,
                               article->line_offset, language, err);
    return status;
}

/* Makes room for one more article and returns where, by its key; *is_new is false when the key
 * came before in this source. NULL when memory ran out. */
static pil_catalogue_article *list_article(pil_open_source *source, const pil_digest *key,
                                           bool *is_new)
{
    if (source->keys.n_entries == source->capacity) {
        size_t capacity = source->capacity == 0 ? 4 : source->capacity * 2;
        pil_catalogue_article *grown = realloc(source->articles, capacity * sizeof *grown);
        if (grown == NULL)
            return NULL;
        source->articles = grown;
        source->capacity = capacity;
    }
    uint32_t number;
    if (pil_intern_add(&source->keys, key->hex, PIL_DIGEST_LENGTH, &number, is_new) != PIL_OK)
        return NULL;
    return &source->articles[number];
}

pil_status pil_index_writer_add_article(pil_index_writer *writer, const pil_new_article *article,
                                        pil_article_outcome *outcome, pil_error *err)
{
    pil_open_source *source = writer->source;
    pil_status status = PIL_OK;
    if (writer->builder != NULL &&
        pil_segment_writer_text_bytes(writer->builder) >= writer->segment_text_bytes)
        status = pil_index_writer_commit(writer, err);
    if (status != PIL_OK)
        return status;
    pil_digest key = pil_digest_of(article->meta.id, strlen(article->meta.id));
    bool is_new;
    pil_catalogue_article *listed = list_article(source, &key, &is_new);
    if (listed == NULL)
        return pil_error_no_memory(err);
    uint32_t old = pil_intern_find(&source->old_keys, key.hex, PIL_DIGEST_LENGTH);
    bool is_known = old != PIL_INTERN_NONE;
    if (is_known)
        source->is_old_seen[old] = true;
    if (is_new && is_known && source->old_recipe == source->recipe &&
        strcmp(source->old_articles[old].content.hex, article->content.hex) == 0) {
        *listed = source->old_articles[old];
        *outcome = PIL_ARTICLE_UNCHANGED;
        return PIL_OK;
    }
    *outcome = !is_new ? PIL_ARTICLE_REPEATED : is_known ? PIL_ARTICLE_CHANGED : PIL_ARTICLE_NEW;
    *listed = (pil_catalogue_article){.key = key,
                                      .content = article->content,
                                      .n_paragraphs = (uint32_t)article->paragraphs->n_items};
    writer->is_changed = true;
    if (!is_new || is_known)
        status = pil_writer_kill_article(writer, &key, err);
    return status == PIL_OK ? write_article(writer, article, &key, err) : status;
}

/* ---- ending a source ---- */

static bool is_same_article(const pil_catalogue_article *left, const pil_catalogue_article *right)
{
    return strcmp(left->key.hex, right->key.hex) == 0 &&
           strcmp(left->content.hex, right->content.hex) == 0 &&
           left->n_paragraphs == right->n_paragraphs;
}

/* Whether the catalogue says all this already. */
static bool is_stored(const pil_source *source, const pil_open_source *open, pil_source_state state,
                      const char *reason)
{
    bool is_same = source->state == state && strcmp(source->reason, reason) == 0 &&
                   memcmp(&source->stat, &open->stat, sizeof open->stat) == 0 &&
                   strcmp(source->content.hex, open->content.hex) == 0 &&
                   source->recipe == open->recipe && source->n_articles == open->keys.n_entries;
    for (size_t i = 0; is_same && i < source->n_articles; i++)
        is_same = is_same_article(&source->articles[i], &open->articles[i]);
    return is_same;
}

static pil_status store_source(pil_index_writer *writer, pil_source_state state, const char *reason,
                               pil_error *err)
{
    pil_open_source *open = writer->source;
    pil_source *source;
    pil_status status = pil_catalogue_get(&writer->catalogue, open->path, &source, err);
    if (status == PIL_OK && is_stored(source, open, state, reason))
        return PIL_OK;
    if (status == PIL_OK)
        status = pil_catalogue_set_articles(&writer->catalogue, source, open->articles,
                                            open->keys.n_entries, err);
    if (status == PIL_OK)
        status = pil_catalogue_set_reason(&writer->catalogue, source, reason, err);
    if (status != PIL_OK)
        return status;
    source->state = state;
    source->stat = open->stat;
    source->content = open->content;
    source->recipe = open->recipe;
    source->is_changed = true;
    writer->is_changed = true;
    return PIL_OK;
}

/* Lists the articles of the earlier reading that have not come again. One that was indexed with
 * another recipe must not pass for one of this: without its content's digest it counts as changed
 * when it comes. */
static pil_status keep_unseen(pil_open_source *source, pil_error *err)
{
    for (uint32_t i = 0; i < source->old_keys.n_entries; i++) {
        bool is_new;
        if (source->is_old_seen[i])
            continue;
        pil_catalogue_article *listed = list_article(source, &source->old_articles[i].key, &is_new);
        if (listed == NULL)
            return pil_error_no_memory(err);
        *listed = source->old_articles[i];
        if (source->old_recipe != source->recipe)
            listed->content = (pil_digest){""};
    }
    return PIL_OK;
}

/* The commit that comes in the middle of a source keeps the rest of its earlier reading alive.
 * The list that goes on to grow must not hold that rest, so it is put aside. */
pil_status pil_writer_store_partial_source(pil_index_writer *writer, pil_error *err)
{
    pil_open_source *source = writer->source;
    if (source->keys.n_entries == 0)
        return PIL_OK;
    pil_open_source whole = *source;
    pil_intern empty_keys = {0};
    whole.keys = empty_keys;
    whole.articles = NULL;
    whole.capacity = 0;
    pil_status status = PIL_OK;
    for (uint32_t i = 0; i < source->keys.n_entries && status == PIL_OK; i++) {
        bool is_new;
        pil_catalogue_article *listed = list_article(&whole, &source->articles[i].key, &is_new);
        if (listed == NULL)
            status = pil_error_no_memory(err);
        else
            *listed = source->articles[i];
    }
    if (status == PIL_OK)
        status = keep_unseen(&whole, err);
    if (status == PIL_OK) {
        writer->source = &whole;
        status = store_source(writer, PIL_SOURCE_PARTIAL, "", err);
        writer->source = source;
    }
    pil_intern_dispose(&whole.keys);
    free(whole.articles);
    return status;
}

pil_status pil_index_writer_end_source(pil_index_writer *writer, bool keep_missing,
                                       const char *reason, size_t *n_removed, pil_error *err)
{
    pil_open_source *source = writer->source;
    pil_status status = PIL_OK;
    *n_removed = 0;
    if (keep_missing)
        status = keep_unseen(source, err);
    for (uint32_t i = 0; !keep_missing && i < source->old_keys.n_entries && status == PIL_OK; i++) {
        if (source->is_old_seen[i])
            continue;
        status = pil_writer_kill_article(writer, &source->old_articles[i].key, err);
        ++*n_removed;
    }
    if (status == PIL_OK)
        status = store_source(writer, PIL_SOURCE_INDEXED, reason, err);
    pil_writer_drop_source(writer);
    return status;
}

/* ---- sources that are not read ---- */

pil_status pil_index_writer_skip_source(pil_index_writer *writer, const char *path,
                                        const pil_source_stat *stat, const char *reason,
                                        pil_error *err)
{
    pil_source *source;
    pil_status status = pil_catalogue_get(&writer->catalogue, path, &source, err);
    if (status != PIL_OK)
        return status;
    if (source->state == PIL_SOURCE_GONE)
        source->n_articles = 0;
    bool is_same = source->state == PIL_SOURCE_SKIPPED && strcmp(source->reason, reason) == 0 &&
                   memcmp(&source->stat, stat, sizeof *stat) == 0;
    if (is_same)
        return PIL_OK;
    status = pil_catalogue_set_reason(&writer->catalogue, source, reason, err);
    if (status != PIL_OK)
        return status;
    source->state = PIL_SOURCE_SKIPPED;
    source->stat = *stat;
    source->is_changed = true;
    writer->is_changed = true;
    return PIL_OK;
}

pil_status pil_index_writer_touch_source(pil_index_writer *writer, const char *path,
                                         const pil_source_stat *stat, pil_error *err)
{
    pil_source *source = pil_catalogue_find(&writer->catalogue, path);
    if (source == NULL)
        return pil_error_set(err, PIL_NOT_FOUND, "not in the index");
    source->stat = *stat;
    source->is_changed = true;
    writer->is_changed = true;
    return PIL_OK;
}

pil_status pil_index_writer_remove_source(pil_index_writer *writer, const char *path,
                                          size_t *n_articles, pil_error *err)
{
    *n_articles = 0;
    pil_source *source = pil_catalogue_find(&writer->catalogue, path);
    if (source == NULL)
        return pil_error_set(err, PIL_NOT_FOUND, "not in the index");
    pil_status status = PIL_OK;
    for (size_t i = 0; i < source->n_articles && status == PIL_OK; i++)
        status = pil_writer_kill_article(writer, &source->articles[i].key, err);
    if (status != PIL_OK)
        return status;
    *n_articles = source->n_articles;
    source->state = PIL_SOURCE_GONE;
    source->n_articles = 0;
    source->is_changed = true;
    writer->is_changed = true;
    return PIL_OK;
}
