#include "writer_internal.h"

#include "index/merge_policy.h"

#include <stdlib.h>
#include <string.h>

/* ---- copying what is stored ---- */

static pil_status copy_paragraph(pil_index_writer *writer, pil_segment *from, uint32_t docid,
                                 pil_segment_writer *to, pil_error *err)
{
    pil_record record;
    const pil_token *tokens;
    size_t n_tokens;
    pil_status status = pil_segment_record(from, docid, &writer->record_strings, &record, err);
    if (status == PIL_OK)
        status = pil_analyser_run(writer->analyser, record.language, record.text, record.text_bytes,
                                  &tokens, &n_tokens, err);
    if (status == PIL_OK)
        status = pil_segment_writer_add(to, &record, tokens, n_tokens, err);
    return status;
}

/* Copies the article that begins at first and says in *next where the following one begins. */
static pil_status copy_article(pil_index_writer *writer, pil_segment *from, uint32_t first,
                               pil_segment_writer *to, uint32_t *next, pil_error *err)
{
    pil_article_meta meta;
    pil_status status = pil_segment_article(from, first, &writer->meta_strings, &meta, err);
    if (status != PIL_OK)
        return status;
    pil_digest key = pil_digest_of(meta.id, strlen(meta.id));
    status = pil_segment_writer_add_article(to, &meta, &key, err);
    for (uint32_t i = 0; i < meta.n_paragraphs && status == PIL_OK; i++)
        status = copy_paragraph(writer, from, first + i, to, err);
    *next = first + meta.n_paragraphs;
    return status;
}

static pil_status copy_live(pil_index_writer *writer, size_t at, pil_segment_writer *to,
                            pil_error *err)
{
    pil_segment *from;
    pil_status status = pil_writer_segment(writer, at, &from, err);
    const pil_manifest_segment *entry = &writer->manifest.segments[at];
    size_t dead = 0;
    for (uint32_t docid = 1; status == PIL_OK && docid <= entry->n_paragraphs;) {
        if (dead < entry->n_dead && entry->dead[dead].first == docid)
            docid = entry->dead[dead++].last + 1;
        else
            status = copy_article(writer, from, docid, to, &docid, err);
    }
    return status;
}

/* ---- merging ---- */

static pil_status merge(pil_index_writer *writer, size_t first, size_t n, pil_error *err)
{
    pil_segment_writer *to = NULL;
    pil_manifest next = {0};
    pil_manifest_segment merged = {0};
    pil_status status = pil_segment_writer_begin(&to, writer->directory, err);
    for (size_t i = first; i < first + n && status == PIL_OK; i++)
        status = copy_live(writer, i, to, err);
    if (status == PIL_OK)
        status = pil_segment_writer_finish(to, writer->stamp, &merged, err);
    if (status == PIL_OK)
        status = pil_manifest_copy(&writer->manifest, &next, err);
    if (status == PIL_OK) {
        for (size_t i = 1; i < n; i++)
            pil_manifest_remove_segment(&next, first + 1);
        pil_manifest_segment_dispose(&next.segments[first]);
        next.segments[first] = merged;
        merged = (pil_manifest_segment){0};
        status = pil_writer_publish(writer, &next, err);
    }
    pil_manifest_segment_dispose(&merged);
    pil_manifest_dispose(&next);
    pil_segment_writer_free(to);
    return status;
}

/* A segment whose terms were made by another analyser: its text is there to make them anew. */
static bool find_outdated(const pil_index_writer *writer, size_t *at)
{
    for (*at = 0; *at < writer->manifest.n_segments; ++*at) {
        if (strcmp(writer->manifest.segments[*at].stamp, writer->stamp) != 0)
            return true;
    }
    return false;
}

pil_status pil_index_writer_merge_step(pil_index_writer *writer, bool all, bool *merged,
                                       pil_error *err)
{
    size_t first, n = 1;
    *merged = false;
    if (!find_outdated(writer, &first) &&
        !pil_merge_policy_find(&writer->manifest, all, &first, &n))
        return PIL_OK;
    pil_status status = merge(writer, first, n, err);
    *merged = status == PIL_OK;
    return status;
}

/* ---- moving a source ---- */

/* The id of a moved article: the new path, and what stood behind the old one. */
static char *moved_id(const char *id, const char *from, const char *to)
{
    size_t from_length = strlen(from), to_length = strlen(to);
    const char *rest = strncmp(id, from, from_length) == 0 ? id + from_length : "";
    char *moved = malloc(to_length + strlen(rest) + 1);
    if (moved != NULL) {
        memcpy(moved, to, to_length);
        memcpy(moved + to_length, rest, strlen(rest) + 1);
    }
    return moved;
}

/* The segment and the first document of an article that is alive. */
static pil_status find_live_article(pil_index_writer *writer, const pil_digest *key,
                                    pil_segment **segment, uint32_t *first, pil_error *err)
{
    for (size_t i = writer->manifest.n_segments; i-- > 0;) {
        uint32_t *docids = NULL;
        size_t n = 0;
        pil_status status = pil_writer_segment(writer, i, segment, err);
        if (status == PIL_OK)
            status = pil_segment_article_docids(*segment, key, &docids, &n, err);
        bool is_found = false;
        for (size_t at = 0; at < n && status == PIL_OK && !is_found; at++) {
            is_found = !pil_manifest_is_dead(&writer->manifest.segments[i], docids[at]);
            *first = docids[at];
        }
        xc_free(docids);
        if (status != PIL_OK || is_found)
            return status;
    }
    return pil_error_set(err, PIL_CORRUPT, "an article of the catalogue is in no segment");
}

static pil_status move_article(pil_index_writer *writer, const pil_catalogue_article *article,
                               const char *from, const char *to, pil_catalogue_article *moved,
                               pil_error *err)
{
    pil_segment *segment;
    uint32_t first = 0;
    pil_article_meta meta;
    pil_status status = find_live_article(writer, &article->key, &segment, &first, err);
    if (status == PIL_OK)
        status = pil_segment_article(segment, first, &writer->meta_strings, &meta, err);
    if (status != PIL_OK)
        return status;
    char *id = moved_id(meta.id, from, to);
    if (id == NULL)
        return pil_error_no_memory(err);
    meta.id = id;
    meta.path = to;
    moved->key = pil_digest_of(id, strlen(id));
    status = pil_writer_builder(writer, err);
    if (status == PIL_OK)
        status = pil_writer_note_built(writer, &moved->key, meta.n_paragraphs, err);
    if (status == PIL_OK)
        status = pil_segment_writer_add_article(writer->builder, &meta, &moved->key, err);
    for (uint32_t i = 0; i < meta.n_paragraphs && status == PIL_OK; i++)
        status = copy_paragraph(writer, segment, first + i, writer->builder, err);
    free(id);
    if (status == PIL_OK)
        status = pil_writer_kill_article(writer, &article->key, err);
    return status;
}

/* What is to be copied must not be in the segment that is being built, and that must have room. */
static pil_status commit_if_needed(pil_index_writer *writer, const pil_source *source,
                                   pil_error *err)
{
    if (writer->builder != NULL &&
        pil_segment_writer_text_bytes(writer->builder) >= writer->segment_text_bytes)
        return pil_index_writer_commit(writer, err);
    for (size_t i = 0; i < source->n_articles; i++) {
        if (pil_intern_find(&writer->built_keys, source->articles[i].key.hex, PIL_DIGEST_LENGTH) !=
            PIL_INTERN_NONE)
            return pil_index_writer_commit(writer, err);
    }
    return PIL_OK;
}

pil_status pil_index_writer_move_source(pil_index_writer *writer, const char *from, const char *to,
                                        const pil_source_stat *stat, size_t *n_articles,
                                        pil_error *err)
{
    *n_articles = 0;
    const pil_source *found = pil_catalogue_find(&writer->catalogue, from);
    if (found == NULL)
        return pil_error_set(err, PIL_NOT_FOUND, "not in the index");
    pil_source old = *found;
    pil_catalogue_article *moved = malloc((old.n_articles + 1) * sizeof *moved);
    if (moved == NULL)
        return pil_error_no_memory(err);
    pil_status status = commit_if_needed(writer, &old, err);
    for (size_t i = 0; i < old.n_articles && status == PIL_OK; i++) {
        moved[i] = old.articles[i];
        if (old.articles[i].n_paragraphs > 0)
            status = move_article(writer, &old.articles[i], from, to, &moved[i], err);
    }
    pil_source *target;
    if (status == PIL_OK)
        status = pil_catalogue_get(&writer->catalogue, to, &target, err);
    if (status == PIL_OK)
        status = pil_catalogue_set_articles(&writer->catalogue, target, moved, old.n_articles, err);
    if (status == PIL_OK) {
        const char *path = target->path;
        pil_catalogue_article *articles = target->articles;
        *target = old;
        target->path = path;
        target->articles = articles;
        target->stat = *stat;
        target->is_changed = true;
        pil_source *gone = pil_catalogue_find(&writer->catalogue, from);
        gone->state = PIL_SOURCE_GONE;
        gone->n_articles = 0;
        gone->is_changed = true;
        writer->is_changed = true;
        *n_articles = old.n_articles;
    }
    free(moved);
    return status;
}
