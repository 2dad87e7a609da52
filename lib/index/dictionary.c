#include "index/dictionary.h"

#include "base/file.h"
#include "index/schema.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ZDICT_trainFromBuffer, the stable interface, tries several settings and takes half a second for
 * what a fixed setting does in a fifth of it, as well but for 1% of the result. Fixed settings are
 * in the part of the interface that libzstd may still change; its shared library has it. */
#define ZDICT_STATIC_LINKING_ONLY
#include <zdict.h>

enum {
    /* A dictionary takes a twentieth of the text that it is made of, ... */
    SHARE = 20,
    /* ... and below these it would not bring in what it takes. */
    MIN_SAMPLES = 16,
    MIN_SAMPLE_BYTES = 32 << 10,
    /* zstd's k, d, f and accel. On 8 MiB of 91 MB of paragraphs 0.09 s; what others gave: k of 100
     * to 300 within 0.3% of the size, 1000 1% more, d of 6 0.7% more, f of 18 0.2% more in 0.06 s.
     */
    SEGMENT_BYTES = 200,
    PATTERN_BYTES = 8,
    LOG_COUNTERS = 20,
    ACCELERATION = 4,
    LEVEL = 4 /* of those who will use it */
};

/* How many of the samples are looked at, and their length together. */
static size_t count_samples(const size_t *lengths, size_t n_samples, size_t *n_bytes)
{
    size_t n = 0;
    *n_bytes = 0;
    while (n < n_samples && lengths[n] <= PIL_DICTIONARY_SAMPLE_BYTES - *n_bytes)
        *n_bytes += lengths[n++];
    return n;
}

pil_status pil_dictionary_train(const char *bytes, const size_t *lengths, size_t n_samples,
                                pil_buffer *out, pil_error *err)
{
    size_t n_bytes;
    size_t n = count_samples(lengths, n_samples, &n_bytes);
    if (n < MIN_SAMPLES || n_bytes < MIN_SAMPLE_BYTES)
        return PIL_OK;
    size_t capacity = n_bytes / SHARE;
    if (capacity > PIL_DICTIONARY_MAX_BYTES)
        capacity = PIL_DICTIONARY_MAX_BYTES;
    if (pil_buffer_reserve(out, capacity) != PIL_OK)
        return pil_error_no_memory(err);
    ZDICT_fastCover_params_t settings = {
        .k = SEGMENT_BYTES, .d = PATTERN_BYTES, .f = LOG_COUNTERS, .accel = ACCELERATION};
    settings.zParams.compressionLevel = LEVEL;
    size_t length = ZDICT_trainFromBuffer_fastCover(out->bytes + out->length, capacity, bytes,
                                                    lengths, (unsigned)n, settings);
    /* Samples that have nothing in common make no dictionary, which is no failure: texts are
     * compressed without one then. */
    if (!ZDICT_isError(length))
        pil_buffer_set_length(out, out->length + length);
    return PIL_OK;
}

char *pil_dictionary_path(const char *directory, uint64_t number)
{
    char name[sizeof PIL_DICTIONARY_PREFIX + 20];
    snprintf(name, sizeof name, "%s%" PRIu64, PIL_DICTIONARY_PREFIX, number);
    return pil_file_join(directory, name);
}

pil_status pil_dictionary_read(const char *directory, const pil_manifest_dictionary *entry,
                               pil_buffer *bytes, pil_error *err)
{
    char *path = pil_dictionary_path(directory, entry->number);
    if (path == NULL)
        return pil_error_no_memory(err);
    pil_error inner = {0};
    pil_status status = pil_file_read(path, bytes, &inner);
    free(path);
    if (status == PIL_NOT_FOUND)
        return pil_error_set(err, PIL_STALE, "dictionary %" PRIu64 " is gone", entry->number);
    if (status == PIL_IO || status == PIL_NO_MEMORY)
        return pil_error_set(err, status, "dictionary %" PRIu64 ": %s", entry->number,
                             inner.message);
    if (status != PIL_OK || bytes->length != entry->n_bytes ||
        strcmp(pil_digest_of(bytes->bytes, bytes->length).hex, entry->digest.hex) != 0)
        return pil_error_set(err, PIL_CORRUPT, "dictionary %" PRIu64 " is damaged", entry->number);
    return PIL_OK;
}
