/* What a manifest holds: adding, removing, finding, copying. manifest.c reads and writes it. */
#include "index/manifest.h"

#include "base/file.h"
#include "index/schema.h"

#include <stdlib.h>
#include <string.h>

void pil_manifest_segment_dispose(pil_manifest_segment *segment)
{
    free(segment->stamp);
    free(segment->dictionaries);
    free(segment->dead);
    *segment = (pil_manifest_segment){0};
}

void pil_manifest_dispose(pil_manifest *manifest)
{
    for (size_t i = 0; i < manifest->n_segments; i++)
        pil_manifest_segment_dispose(&manifest->segments[i]);
    for (size_t i = 0; i < manifest->n_commons; i++)
        free(manifest->commons[i].words);
    free(manifest->segments);
    free(manifest->catalogues);
    free(manifest->dictionaries);
    free(manifest->commons);
    *manifest = (pil_manifest){0};
}

/* ---- segments ---- */

pil_status pil_manifest_add_segment(pil_manifest *manifest, pil_manifest_segment *segment,
                                    pil_error *err)
{
    size_t size = (manifest->n_segments + 1) * sizeof *segment;
    pil_manifest_segment *grown = realloc(manifest->segments, size);
    if (grown == NULL)
        return pil_error_no_memory(err);
    grown[manifest->n_segments++] = *segment;
    manifest->segments = grown;
    *segment = (pil_manifest_segment){0};
    return PIL_OK;
}

void pil_manifest_remove_segment(pil_manifest *manifest, size_t at)
{
    pil_manifest_segment_dispose(&manifest->segments[at]);
    manifest->n_segments--;
    memmove(&manifest->segments[at], &manifest->segments[at + 1],
            (manifest->n_segments - at) * sizeof manifest->segments[0]);
}

pil_status pil_manifest_segment_need(pil_manifest_segment *segment, uint64_t dictionary,
                                     pil_error *err)
{
    size_t at = 0;
    while (at < segment->n_dictionaries && segment->dictionaries[at] < dictionary)
        at++;
    if (at < segment->n_dictionaries && segment->dictionaries[at] == dictionary)
        return PIL_OK;
    size_t size = (segment->n_dictionaries + 1) * sizeof *segment->dictionaries;
    uint64_t *grown = realloc(segment->dictionaries, size);
    if (grown == NULL)
        return pil_error_no_memory(err);
    memmove(&grown[at + 1], &grown[at], (segment->n_dictionaries - at) * sizeof *grown);
    grown[at] = dictionary;
    segment->dictionaries = grown;
    segment->n_dictionaries++;
    return PIL_OK;
}

static bool needs(const pil_manifest_segment *segment, uint64_t dictionary)
{
    for (size_t i = 0; i < segment->n_dictionaries; i++) {
        if (segment->dictionaries[i] == dictionary)
            return true;
    }
    return false;
}

/* ---- what segments share ---- */

pil_status pil_manifest_add_dictionary(pil_manifest *manifest,
                                       const pil_manifest_dictionary *dictionary, pil_error *err)
{
    size_t size = (manifest->n_dictionaries + 1) * sizeof *dictionary;
    pil_manifest_dictionary *grown = realloc(manifest->dictionaries, size);
    if (grown == NULL)
        return pil_error_no_memory(err);
    grown[manifest->n_dictionaries++] = *dictionary;
    manifest->dictionaries = grown;
    return PIL_OK;
}

pil_status pil_manifest_add_common(pil_manifest *manifest, pil_manifest_common *common,
                                   pil_error *err)
{
    size_t size = (manifest->n_commons + 1) * sizeof *common;
    pil_manifest_common *grown = realloc(manifest->commons, size);
    if (grown == NULL)
        return pil_error_no_memory(err);
    grown[manifest->n_commons++] = *common;
    manifest->commons = grown;
    *common = (pil_manifest_common){0};
    return PIL_OK;
}

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_common(const void *number, const void *element)
{
    const pil_manifest_common *common = element;
    return compare(*(const uint64_t *)number, common->number);
}

const pil_manifest_common *pil_manifest_find_common(const pil_manifest *manifest, uint64_t number)
{
    if (manifest->n_commons == 0)
        return NULL;
    return bsearch(&number, manifest->commons, manifest->n_commons, sizeof *manifest->commons,
                   by_common);
}

static int by_dictionary(const void *number, const void *element)
{
    const pil_manifest_dictionary *dictionary = element;
    return compare(*(const uint64_t *)number, dictionary->number);
}

const pil_manifest_dictionary *pil_manifest_find_dictionary(const pil_manifest *manifest,
                                                            uint64_t number)
{
    if (manifest->n_dictionaries == 0)
        return NULL;
    return bsearch(&number, manifest->dictionaries, manifest->n_dictionaries,
                   sizeof *manifest->dictionaries, by_dictionary);
}

static bool is_dictionary_used(const pil_manifest *manifest, uint64_t number)
{
    for (size_t i = 0; i < manifest->n_segments; i++) {
        if (needs(&manifest->segments[i], number))
            return true;
    }
    return false;
}

static bool is_common_used(const pil_manifest *manifest, uint64_t number)
{
    for (size_t i = 0; i < manifest->n_segments; i++) {
        if (manifest->segments[i].common == number)
            return true;
    }
    return false;
}

void pil_manifest_drop_unused(pil_manifest *manifest)
{
    size_t n = 0;
    for (size_t i = 0; i < manifest->n_dictionaries; i++) {
        if (i + 1 == manifest->n_dictionaries ||
            is_dictionary_used(manifest, manifest->dictionaries[i].number))
            manifest->dictionaries[n++] = manifest->dictionaries[i];
    }
    manifest->n_dictionaries = n;
    n = 0;
    for (size_t i = 0; i < manifest->n_commons; i++) {
        if (i + 1 == manifest->n_commons || is_common_used(manifest, manifest->commons[i].number))
            manifest->commons[n++] = manifest->commons[i];
        else
            free(manifest->commons[i].words);
    }
    manifest->n_commons = n;
}

/* ---- copying ---- */

/* A copy of n elements; NULL when memory ran out. */
static void *copy_array(const void *from, size_t n, size_t size)
{
    void *copy = malloc((n + 1) * size);
    if (copy != NULL && n > 0)
        memcpy(copy, from, n * size);
    return copy;
}

static pil_status copy_segment(const pil_manifest_segment *from, pil_manifest *to, pil_error *err)
{
    pil_manifest_segment copy = *from;
    copy.stamp = strdup(from->stamp);
    copy.dictionaries =
        copy_array(from->dictionaries, from->n_dictionaries, sizeof *copy.dictionaries);
    copy.dead = copy_array(from->dead, from->n_dead, sizeof *copy.dead);
    copy.dead_capacity = from->n_dead + 1;
    pil_status status = PIL_OK;
    if (copy.stamp == NULL || copy.dictionaries == NULL || copy.dead == NULL)
        status = pil_error_no_memory(err);
    if (status == PIL_OK)
        status = pil_manifest_add_segment(to, &copy, err);
    if (status != PIL_OK)
        pil_manifest_segment_dispose(&copy);
    return status;
}

static pil_status copy_common(const pil_manifest_common *from, pil_manifest *to, pil_error *err)
{
    pil_manifest_common copy = *from;
    copy.words = strdup(from->words);
    if (copy.words == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_manifest_add_common(to, &copy, err);
    free(copy.words);
    return status;
}

pil_status pil_manifest_copy(const pil_manifest *manifest, pil_manifest *out, pil_error *err)
{
    pil_manifest copy = {.generation = manifest->generation};
    pil_status status = PIL_OK;
    for (size_t i = 0; i < manifest->n_segments && status == PIL_OK; i++)
        status = copy_segment(&manifest->segments[i], &copy, err);
    for (size_t i = 0; i < manifest->n_commons && status == PIL_OK; i++)
        status = copy_common(&manifest->commons[i], &copy, err);
    for (size_t i = 0; i < manifest->n_dictionaries && status == PIL_OK; i++)
        status = pil_manifest_add_dictionary(&copy, &manifest->dictionaries[i], err);
    if (status == PIL_OK) {
        copy.catalogues =
            copy_array(manifest->catalogues, manifest->n_catalogues, sizeof *copy.catalogues);
        if (copy.catalogues == NULL)
            status = pil_error_no_memory(err);
        else
            copy.n_catalogues = manifest->n_catalogues;
    }
    if (status == PIL_OK)
        *out = copy;
    else
        pil_manifest_dispose(&copy);
    return status;
}

/* ---- the dead ---- */

/* The first dead range that ends at docid or behind it. */
static size_t find_dead(const pil_manifest_segment *segment, uint32_t docid)
{
    size_t low = 0, high = segment->n_dead;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (segment->dead[middle].last < docid)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static pil_status reserve_dead(pil_manifest_segment *segment, size_t n, pil_error *err)
{
    if (n <= segment->dead_capacity)
        return PIL_OK;
    size_t capacity = segment->dead_capacity == 0 ? 4 : segment->dead_capacity * 2;
    pil_docid_range *grown = realloc(segment->dead, capacity * sizeof *grown);
    if (grown == NULL)
        return pil_error_no_memory(err);
    segment->dead = grown;
    segment->dead_capacity = capacity;
    return PIL_OK;
}

pil_status pil_manifest_kill(pil_manifest_segment *segment, pil_docid_range range, pil_error *err)
{
    size_t first = find_dead(segment, range.first > 1 ? range.first - 1 : range.first);
    size_t behind = first;
    while (behind < segment->n_dead && segment->dead[behind].first - 1 <= range.last) {
        if (segment->dead[behind].first < range.first)
            range.first = segment->dead[behind].first;
        if (segment->dead[behind].last > range.last)
            range.last = segment->dead[behind].last;
        behind++;
    }
    size_t n_left = segment->n_dead - (behind - first) + 1;
    if (n_left > segment->n_dead) {
        pil_status status = reserve_dead(segment, n_left, err);
        if (status != PIL_OK)
            return status;
    }
    memmove(&segment->dead[first + 1], &segment->dead[behind],
            (segment->n_dead - behind) * sizeof segment->dead[0]);
    segment->dead[first] = range;
    segment->n_dead = n_left;
    return PIL_OK;
}

bool pil_manifest_is_dead(const pil_manifest_segment *segment, uint32_t docid)
{
    size_t at = find_dead(segment, docid);
    return at < segment->n_dead && segment->dead[at].first <= docid;
}

uint32_t pil_manifest_n_dead(const pil_manifest_segment *segment)
{
    uint32_t n = 0;
    for (size_t i = 0; i < segment->n_dead; i++)
        n += segment->dead[i].last - segment->dead[i].first + 1;
    return n;
}

char *pil_manifest_segment_path(const char *directory, const char *id)
{
    char *segments = pil_file_join(directory, PIL_SEGMENTS_NAME);
    char *path = segments == NULL ? NULL : pil_file_join(segments, id);
    free(segments);
    return path;
}
