#include "writer_internal.h"

#include "index/merge_policy.h"
#include "segment_build.h"
#include "stored_batch.h"
#include "stored_input.h"

#include <stdlib.h>
#include <string.h>

/* A merge that would need more dictionaries trains one of its own. */
enum { MAX_DICTIONARIES = 8 };
/* So many times its text a segment takes in memory, at the most, until it is written. */
enum { MEMORY_FACTOR = 32 };
/* An index without common words or a dictionary gets them when a merge has this much text. */
static const uint64_t CHOOSE_MIN_BYTES = 1 << 20;

/* Neighbouring segments that become one. */
typedef struct merge_group {
    size_t first, n;
} merge_group;

/* ---- streaming: the tables are read and written front to back ---- */

static bool has_number(const uint64_t *numbers, size_t n, uint64_t number)
{
    for (size_t i = 0; i < n; i++) {
        if (numbers[i] == number)
            return true;
    }
    return false;
}

/* The dictionaries of the group into numbers[0..MAX_DICTIONARIES + 1); how many. */
static size_t union_dictionaries(const pil_index_writer *writer, merge_group group,
                                 uint64_t numbers[MAX_DICTIONARIES + 1])
{
    size_t n = 0;
    for (size_t i = group.first; i < group.first + group.n; i++) {
        const pil_manifest_segment *segment = &writer->manifest.segments[i];
        for (size_t d = 0; d < segment->n_dictionaries && n <= MAX_DICTIONARIES; d++) {
            if (!has_number(numbers, n, segment->dictionaries[d]))
                numbers[n++] = segment->dictionaries[d];
        }
    }
    return n;
}

static pil_status describe(pil_index_writer *writer, merge_group group,
                           pil_manifest_segment *merged, pil_error *err)
{
    uint64_t numbers[MAX_DICTIONARIES + 1];
    size_t n = union_dictionaries(writer, group, numbers);
    merged->common = writer->manifest.segments[group.first].common;
    merged->stamp = strdup(writer->stamp);
    merged->dictionaries = malloc((n + 1) * sizeof *merged->dictionaries);
    if (merged->stamp == NULL || merged->dictionaries == NULL)
        return pil_error_no_memory(err);
    memcpy(merged->dictionaries, numbers, n * sizeof *numbers);
    merged->n_dictionaries = n;
    return PIL_OK;
}

static pil_status stream(pil_index_writer *writer, merge_group group, pil_manifest *next,
                         pil_error *err)
{
    pil_segment_input **inputs = calloc(group.n, sizeof *inputs);
    pil_manifest_segment merged = {0};
    uint64_t n_paragraphs = 0;
    pil_status status = inputs == NULL ? pil_error_no_memory(err) : PIL_OK;
    for (size_t i = 0; i < group.n && status == PIL_OK; i++) {
        pil_segment *segment;
        status = pil_writer_segment(writer, group.first + i, &segment, err);
        if (status == PIL_OK)
            status = pil_stored_input_open(&inputs[i], writer->directory, segment, writer->analyser,
                                           err);
        if (status == PIL_OK)
            n_paragraphs += inputs[i]->n_paragraphs;
    }
    if (status == PIL_OK && n_paragraphs > 0) {
        status = pil_segment_build(writer->directory, inputs, group.n, &merged, err);
        if (status == PIL_OK)
            status = describe(writer, group, &merged, err);
        if (status == PIL_OK)
            status = pil_manifest_add_segment(next, &merged, err);
    }
    for (size_t i = 0; inputs != NULL && i < group.n; i++) {
        if (inputs[i] != NULL)
            inputs[i]->ops->close(inputs[i]);
    }
    free(inputs);
    pil_manifest_segment_dispose(&merged);
    return status;
}

/* ---- rewriting: the texts are analysed anew ---- */

static pil_status finish_builder(pil_index_writer *writer, pil_segment_builder **builder,
                                 pil_manifest *next, pil_error *err)
{
    if (*builder == NULL)
        return PIL_OK;
    pil_manifest_segment built = {0};
    pil_status status =
        pil_segment_builder_finish(*builder, writer->directory, writer->stamp, next, &built, err);
    if (status == PIL_OK)
        status = pil_manifest_add_segment(next, &built, err);
    pil_manifest_segment_dispose(&built);
    pil_segment_builder_free(*builder);
    *builder = NULL;
    return status;
}

/* Adds the living articles of one batch's worth from *first on. */
static pil_status rewrite_some(pil_index_writer *writer, pil_segment *segment, uint32_t *first,
                               uint32_t last, pil_segment_builder **builder, pil_manifest *next,
                               pil_error *err)
{
    pil_batch *batch = pil_batch_new();
    if (batch == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_stored_batch_fill(batch, segment, first, last, err);
    bool has_room = true;
    if (status == PIL_OK)
        status = pil_writer_has_room(writer, *builder, batch, &has_room, err);
    if (status == PIL_OK && !has_room)
        status = finish_builder(writer, builder, next, err);
    if (status == PIL_OK && *builder == NULL)
        status = pil_segment_builder_new(builder, &writer->pool, next, err);
    if (status == PIL_OK)
        return pil_segment_builder_add(*builder, batch, err);
    pil_batch_free(batch);
    return status;
}

static pil_status rewrite_segment(pil_index_writer *writer, size_t at,
                                  pil_segment_builder **builder, pil_manifest *next, pil_error *err)
{
    pil_segment *segment;
    pil_status status = pil_writer_segment(writer, at, &segment, err);
    const pil_manifest_segment *entry = &writer->manifest.segments[at];
    uint32_t first = 1;
    for (size_t i = 0; i <= entry->n_dead && status == PIL_OK; i++) {
        uint32_t last = i < entry->n_dead ? entry->dead[i].first - 1 : entry->n_paragraphs;
        while (first <= last && status == PIL_OK)
            status = rewrite_some(writer, segment, &first, last, builder, next, err);
        if (i < entry->n_dead)
            first = entry->dead[i].last + 1;
    }
    return status;
}

/* What does not fit into memory becomes several segments, to be merged by streaming later. */
static pil_status rewrite(pil_index_writer *writer, merge_group group, pil_manifest *next,
                          pil_error *err)
{
    pil_segment_builder *builder = NULL;
    pil_status status = PIL_OK;
    for (size_t i = group.first; i < group.first + group.n && status == PIL_OK; i++)
        status = rewrite_segment(writer, i, &builder, next, err);
    if (status == PIL_OK)
        status = finish_builder(writer, &builder, next, err);
    pil_segment_builder_free(builder);
    return status;
}

/* Small segments may lack common words and a dictionary: nobody could choose any from so little
 * text. Together they get them, if they make one segment: it is never asked for again, whatever
 * came of it. */
static bool wants_choice(const pil_index_writer *writer, merge_group group)
{
    const pil_manifest_segment *segments = writer->manifest.segments + group.first;
    uint64_t text_bytes = 0;
    if (writer->manifest.n_commons > 0 && writer->manifest.n_dictionaries > 0)
        return false;
    for (size_t i = 0; i < group.n; i++) {
        if (segments[i].text_bytes >= CHOOSE_MIN_BYTES)
            return false;
        text_bytes += segments[i].text_bytes;
    }
    return text_bytes >= CHOOSE_MIN_BYTES && text_bytes <= writer->memory_bytes / MEMORY_FACTOR;
}

/* Whether the tables of the group can be streamed: its terms were made alike. */
static bool can_stream(const pil_index_writer *writer, merge_group group)
{
    const pil_manifest_segment *segments = writer->manifest.segments + group.first;
    uint64_t numbers[MAX_DICTIONARIES + 1];
    bool is_alike = true;
    for (size_t i = 0; i < group.n; i++)
        is_alike = is_alike && segments[i].common == segments[0].common &&
                   strcmp(segments[i].stamp, writer->stamp) == 0;
    return is_alike && !wants_choice(writer, group) &&
           union_dictionaries(writer, group, numbers) <= MAX_DICTIONARIES;
}

/* ---- one step ---- */

/* Moves the segments from number made on to where the group is, in its place. */
static pil_status replace_group(pil_manifest *next, merge_group group, size_t made, pil_error *err)
{
    size_t n_made = next->n_segments - made;
    pil_manifest_segment *moved = malloc((n_made + 1) * sizeof *moved);
    if (moved == NULL)
        return pil_error_no_memory(err);
    memcpy(moved, next->segments + made, n_made * sizeof *moved);
    next->n_segments = made;
    for (size_t i = 0; i < group.n; i++)
        pil_manifest_remove_segment(next, group.first);
    memmove(next->segments + group.first + n_made, next->segments + group.first,
            (next->n_segments - group.first) * sizeof *moved);
    memcpy(next->segments + group.first, moved, n_made * sizeof *moved);
    next->n_segments += n_made;
    free(moved);
    return PIL_OK;
}

static pil_status merge(pil_index_writer *writer, merge_group group, pil_error *err)
{
    pil_manifest next = {0};
    pil_status status = pil_manifest_copy(&writer->manifest, &next, err);
    size_t made = next.n_segments;
    next.generation = writer->manifest.generation + 1;
    if (status == PIL_OK)
        status = can_stream(writer, group) ? stream(writer, group, &next, err)
                                           : rewrite(writer, group, &next, err);
    if (status == PIL_OK)
        status = replace_group(&next, group, made, err);
    if (status == PIL_OK)
        status = pil_writer_publish(writer, &next, err);
    if (status != PIL_OK)
        pil_writer_remove_unless_committed(writer);
    pil_manifest_dispose(&next);
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
    merge_group group = {.n = 1};
    *merged = false;
    if (!find_outdated(writer, &group.first) &&
        !pil_merge_policy_find(&writer->manifest, all, &group.first, &group.n))
        return PIL_OK;
    pil_status status = merge(writer, group, err);
    *merged = status == PIL_OK;
    return status;
}
