/* Any bytes as what a catalogue file holds, with the digest that it should have: no crash, and what
 * is accepted is the same when it is written and read again. */
#include "index/catalogue.h"
#include "support/temporary_directory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void require_same(const pil_catalogue *a, const pil_catalogue *b)
{
    for (uint32_t i = 0; i < a->paths.n_entries; i++) {
        const pil_source *source = &a->sources[i];
        const pil_source *other = pil_catalogue_find(b, source->path);
        require((other == NULL) == (source->state == PIL_SOURCE_GONE));
        if (other == NULL)
            continue;
        require(other->state == source->state && other->recipe == source->recipe);
        require(memcmp(&other->stat, &source->stat, sizeof other->stat) == 0);
        require(strcmp(other->reason, source->reason) == 0);
        require(strcmp(other->content.hex, source->content.hex) == 0);
        require(other->n_articles == source->n_articles);
        for (size_t at = 0; at < other->n_articles; at++)
            require(strcmp(other->articles[at].key.hex, source->articles[at].key.hex) == 0);
    }
}

static void round_trip(const char *directory, const pil_catalogue *catalogue)
{
    pil_manifest manifest = {.generation = 2};
    pil_catalogue again = {0};
    require(pil_catalogue_write(catalogue, directory, &manifest, NULL) == PIL_OK);
    require(pil_catalogue_read(directory, &manifest, &again, NULL) == PIL_OK);
    require_same(catalogue, &again);
    pil_catalogue_dispose(&again);
    pil_manifest_dispose(&manifest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *directory = pil_temporary_directory_new();
    size_t capacity = ZSTD_compressBound(size);
    char *packed = malloc(capacity);
    require(packed != NULL);
    size_t n_packed = ZSTD_compress(packed, capacity, data, size, 1);
    pil_manifest_catalogue named = {1, n_packed, pil_digest_of(packed, n_packed)};
    const pil_manifest manifest = {.generation = 1, .catalogues = &named, .n_catalogues = 1};
    pil_catalogue catalogue = {0};
    pil_temporary_directory_write(directory, "catalogue-1", packed, n_packed);
    free(packed);
    pil_status status = pil_catalogue_read(directory, &manifest, &catalogue, NULL);
    if (status == PIL_OK)
        round_trip(directory, &catalogue);
    else
        require(status == PIL_CORRUPT);
    pil_catalogue_dispose(&catalogue);
    pil_temporary_directory_remove(directory);
    return 0;
}
