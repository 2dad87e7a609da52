#include "stored_input.h"

#include "acronym_blocks.h"
#include "checksums.h"
#include "dead_words.h"
#include "glass_coding.h"
#include "glass_postlist.h"
#include "index/schema.h"
#include "posting_list.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct stored_input {
    pil_segment_input input; /* first: a pointer to it is one to this */
    const pil_manifest_segment *entry;
    pil_file_checksums *files;
    size_t n_files;
    pil_glass_postlist_reader *postlist;
    pil_glass_postlist_item item; /* at the front, when has_item */
    bool has_item, is_at_end;
    pil_glass_reader *docdata;
    pil_buffer meta_strings;
    pil_lexicon_block *block; /* being read, or NULL */
    pil_dead_words dead_words;
    pil_posting_list live; /* of the term at hand, when paragraphs are dead */
} stored_input;

static stored_input *of(pil_segment_input *input)
{
    return (stored_input *)input;
}

static pil_status fail_corrupt(const stored_input *self, const char *what, pil_error *err)
{
    return pil_error_set(err, PIL_CORRUPT, "segment %s: %s", self->entry->id, what);
}

/* ---- the items of the postlist table ---- */

/* The item at the front; PIL_DONE behind the last. */
static pil_status peek(stored_input *self, pil_error *err)
{
    if (self->has_item)
        return PIL_OK;
    if (self->is_at_end)
        return PIL_DONE;
    pil_status status = pil_glass_postlist_next(self->postlist, &self->item, err);
    self->has_item = status == PIL_OK;
    self->is_at_end = status == PIL_DONE;
    return status;
}

static void take(stored_input *self)
{
    self->has_item = false;
}

static bool is_metadata(const stored_input *self, const char *prefix)
{
    return self->item.kind == PIL_GLASS_METADATA &&
           strncmp(self->item.name, prefix, strlen(prefix)) == 0;
}

/* Adds those of a block to the table. */
static pil_status add_acronym(void *context, const pil_acronym *acronym)
{
    return pil_acronym_table_add(context, acronym);
}

/* A segment of an older program has none. */
static pil_status acronyms(pil_segment_input *input, pil_acronym_table *table, pil_error *err)
{
    stored_input *self = of(input);
    pil_acronym_table own = {0};
    pil_status status;
    while ((status = peek(self, err)) == PIL_OK && is_metadata(self, PIL_KEY_ACRONYM)) {
        status = pil_acronym_block_read(self->item.value, self->item.value_length,
                                        &self->meta_strings, add_acronym, &own, err);
        if (status != PIL_OK)
            break;
        take(self);
    }
    if (status == PIL_OK || status == PIL_DONE)
        status = pil_dead_words_subtract_acronyms(&self->dead_words, &own, err);
    if (status == PIL_OK && pil_acronym_table_add_all(table, &own) != PIL_OK)
        status = pil_error_no_memory(err);
    pil_acronym_table_dispose(&own);
    return status;
}

static pil_status next_article(pil_segment_input *input, pil_article_meta *meta, pil_error *err)
{
    stored_input *self = of(input);
    pil_status status;
    while ((status = peek(self, err)) == PIL_OK && is_metadata(self, PIL_KEY_ARTICLE)) {
        unsigned long first = strtoul(self->item.name + strlen(PIL_KEY_ARTICLE), NULL, 16);
        take(self);
        if (first == 0 || first > self->entry->n_paragraphs)
            return fail_corrupt(self, "an article is out of place", err);
        if (pil_manifest_is_dead(self->entry, (uint32_t)first))
            continue;
        return pil_article_meta_decode(self->item.value, self->item.value_length,
                                       &self->meta_strings, meta, err);
    }
    return status == PIL_OK ? PIL_DONE : status;
}

/* The next word of the block at hand, or of the next one. */
static pil_status read_word(stored_input *self, pil_lexicon_word *word, pil_error *err)
{
    for (;;) {
        pil_status status;
        if (self->block != NULL) {
            status = pil_lexicon_block_next(self->block, word, err);
            if (status != PIL_DONE)
                return status;
            pil_lexicon_block_close(self->block);
            self->block = NULL;
            take(self);
        }
        /* The format's key stands between articles and words. */
        while ((status = peek(self, err)) == PIL_OK && is_metadata(self, PIL_KEY_FORMAT))
            take(self);
        if (status != PIL_OK || !is_metadata(self, PIL_KEY_WORD))
            return status == PIL_OK ? PIL_DONE : status;
        status = pil_lexicon_block_open(&self->block, self->item.name, self->item.name_length,
                                        self->item.value, self->item.value_length, err);
        if (status != PIL_OK)
            return status;
    }
}

static pil_status next_word(pil_segment_input *input, pil_lexicon_word *word, pil_error *err)
{
    stored_input *self = of(input);
    pil_status status;
    while ((status = read_word(self, word, err)) == PIL_OK) {
        status = pil_dead_words_subtract(&self->dead_words, word, err);
        if (status != PIL_OK || word->n_written + word->n_derived > 0)
            break;
    }
    return status;
}

/* Replaces postings by those of the living paragraphs, under their new numbers. */
static pil_status keep_living(stored_input *self, pil_postings *postings, pil_error *err)
{
    if (self->entry->n_dead == 0)
        return PIL_OK;
    const pil_docid_range *dead = self->entry->dead, *last = dead + self->entry->n_dead;
    const unsigned char *at = postings->bytes, *end = at + postings->length;
    uint32_t docid = 0, n_dead = 0;
    pil_posting_list_clear(&self->live);
    while (at < end) {
        uint64_t gap, wdf;
        if (!pil_glass_get_number(&at, end, &gap) || !pil_glass_get_number(&at, end, &wdf))
            return fail_corrupt(self, "a posting list is damaged", err);
        docid += (uint32_t)gap + 1;
        for (; dead < last && dead->last < docid; dead++)
            n_dead += dead->last - dead->first + 1;
        if (dead < last && dead->first <= docid)
            continue;
        pil_status status = pil_posting_list_add(&self->live, docid - n_dead, (uint32_t)wdf, err);
        if (status != PIL_OK)
            return status;
    }
    *postings = self->live.postings;
    return PIL_OK;
}

static pil_status lengths(pil_segment_input *input, pil_postings *out, pil_error *err)
{
    stored_input *self = of(input);
    pil_status status = peek(self, err);
    if (status == PIL_DONE || (status == PIL_OK && self->item.kind != PIL_GLASS_LENGTHS))
        return fail_corrupt(self, "its paragraphs have no lengths", err);
    if (status != PIL_OK)
        return status;
    take(self);
    *out = self->item.postings;
    return keep_living(self, out, err);
}

static pil_status next_term(pil_segment_input *input, pil_inverted_term *term, pil_error *err)
{
    stored_input *self = of(input);
    pil_status status;
    while ((status = peek(self, err)) == PIL_OK) {
        if (self->item.kind != PIL_GLASS_TERM)
            return fail_corrupt(self, "its tables are out of order", err);
        take(self);
        *term = (pil_inverted_term){.bytes = self->item.name,
                                    .length = (uint32_t)self->item.name_length,
                                    .postings = self->item.postings};
        status = keep_living(self, &term->postings, err);
        if (status != PIL_OK || term->postings.n > 0)
            break;
    }
    return status;
}

/* ---- the records ---- */

static pil_status next_record(pil_segment_input *input, const void **bytes, size_t *length,
                              pil_error *err)
{
    stored_input *self = of(input);
    pil_glass_entry entry;
    pil_status status;
    while ((status = pil_glass_reader_next(self->docdata, &entry, err)) == PIL_OK) {
        const unsigned char *key = entry.key;
        uint32_t docid;
        if (!pil_glass_get_sortable(&key, key + entry.key_length, &docid))
            return fail_corrupt(self, "a record has no place", err);
        if (pil_manifest_is_dead(self->entry, docid))
            continue;
        *bytes = entry.tag;
        *length = entry.tag_length;
        break;
    }
    return status;
}

/* ---- opening and closing ---- */

static void close_input(pil_segment_input *input)
{
    stored_input *self = of(input);
    pil_lexicon_block_close(self->block);
    pil_glass_postlist_close(self->postlist);
    pil_glass_reader_close(self->docdata);
    for (size_t i = 0; i < self->n_files; i++)
        pil_file_checksums_dispose(&self->files[i]);
    free(self->files);
    pil_dead_words_dispose(&self->dead_words);
    pil_posting_list_dispose(&self->live);
    pil_buffer_dispose(&self->meta_strings);
    free(self);
}

static const pil_file_checksums *find_file(const stored_input *self, const char *name)
{
    for (size_t i = 0; i < self->n_files; i++) {
        if (strcmp(self->files[i].name, name) == 0)
            return &self->files[i];
    }
    return NULL;
}

static pil_status open_tables(stored_input *self, const char *path, pil_error *err)
{
    pil_status status =
        pil_checksums_read(path, &self->entry->checksums, &self->files, &self->n_files, err);
    if (status != PIL_OK)
        return status;
    const pil_file_checksums *postlist = find_file(self, "postlist.glass");
    const pil_file_checksums *docdata = find_file(self, "docdata.glass");
    if (postlist == NULL || docdata == NULL)
        return fail_corrupt(self, "its checksums lack a table", err);
    status = pil_glass_postlist_open(&self->postlist, path, postlist, err);
    return status == PIL_OK ? pil_glass_reader_open(&self->docdata, path, docdata, err) : status;
}

pil_status pil_stored_input_open(pil_segment_input **out, const char *directory,
                                 pil_segment *segment, pil_analyser *analyser, pil_error *err)
{
    static const pil_segment_input_ops ops = {acronyms,  next_article, next_word,  lengths,
                                              next_term, next_record,  close_input};
    *out = NULL;
    stored_input *self = calloc(1, sizeof *self);
    char *path = pil_manifest_segment_path(directory, segment->entry->id);
    if (self == NULL || path == NULL) {
        free(self);
        free(path);
        return pil_error_no_memory(err);
    }
    *self = (stored_input){.input = {.ops = &ops}, .entry = segment->entry};
    pil_buffer_init(&self->meta_strings, PIL_RECORD_MAX_BYTES);
    pil_posting_list_init(&self->live);
    self->input.n_paragraphs = self->entry->n_paragraphs - pil_manifest_n_dead(self->entry);
    pil_status status = open_tables(self, path, err);
    if (status == PIL_OK)
        status = pil_dead_words_count(&self->dead_words, segment, analyser, err);
    if (status == PIL_OK) {
        self->input.text_bytes = self->entry->text_bytes - self->dead_words.text_bytes;
        *out = &self->input;
    } else {
        close_input(&self->input);
    }
    free(path);
    return status;
}
