/* Any bytes as a manifest, as they are and with the checksum that they should have: no crash, and
 * what is accepted is the same when it is written and read again. */
#include "base/buffer.h"
#include "index/manifest.h"
#include "index/schema.h"
#include "support/temporary_directory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_dead(const pil_manifest_segment *segment)
{
    uint32_t last = 0;
    for (size_t i = 0; i < segment->n_dead; i++) {
        pil_docid_range range = segment->dead[i];
        require(range.first > 0 && range.first <= range.last);
        require(range.last <= segment->n_paragraphs && (i == 0 || range.first > last + 1));
        last = range.last;
    }
}

static void require_same(const pil_manifest *a, const pil_manifest *b)
{
    require(a->generation == b->generation && a->n_segments == b->n_segments);
    require(a->n_catalogues == b->n_catalogues);
    for (size_t i = 0; i < a->n_segments; i++) {
        require(strcmp(a->segments[i].id, b->segments[i].id) == 0);
        require(strcmp(a->segments[i].stamp, b->segments[i].stamp) == 0);
        require(a->segments[i].n_paragraphs == b->segments[i].n_paragraphs);
        require(a->segments[i].n_dead == b->segments[i].n_dead);
        require(a->segments[i].n_words == b->segments[i].n_words);
        require(a->segments[i].common == b->segments[i].common);
        require(a->segments[i].n_dictionaries == b->segments[i].n_dictionaries);
    }
    require(a->n_dictionaries == b->n_dictionaries && a->n_commons == b->n_commons);
    for (size_t i = 0; i < a->n_commons; i++)
        require(strcmp(a->commons[i].words, b->commons[i].words) == 0);
}

/* Everything that the segments name is there. */
static void check_shared(const pil_manifest *manifest)
{
    for (size_t i = 0; i < manifest->n_segments; i++) {
        const pil_manifest_segment *segment = &manifest->segments[i];
        require(segment->common == 0 ||
                pil_manifest_find_common(manifest, segment->common) != NULL);
        for (size_t j = 0; j < segment->n_dictionaries; j++)
            require(pil_manifest_find_dictionary(manifest, segment->dictionaries[j]) != NULL);
    }
}

static void check(const char *directory, const void *bytes, size_t length)
{
    pil_manifest manifest = {0}, copy = {0}, again = {0};
    pil_temporary_directory_write(directory, PIL_MANIFEST_NAME, bytes, length);
    pil_status status = pil_manifest_read(directory, &manifest, NULL);
    if (status == PIL_OK) {
        for (size_t i = 0; i < manifest.n_segments; i++)
            check_dead(&manifest.segments[i]);
        require(pil_manifest_copy(&manifest, &copy, NULL) == PIL_OK);
        require(pil_manifest_write(directory, &copy, NULL) == PIL_OK);
        require(pil_manifest_read(directory, &again, NULL) == PIL_OK);
        require_same(&manifest, &again);
        check_shared(&manifest);
        pil_manifest_drop_unused(&again);
        check_shared(&again);
    } else {
        require(status == PIL_CORRUPT || status == PIL_INCOMPATIBLE);
    }
    pil_manifest_dispose(&manifest);
    pil_manifest_dispose(&copy);
    pil_manifest_dispose(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *directory = pil_temporary_directory_new();
    pil_buffer sealed;
    pil_buffer_init(&sealed, SIZE_MAX / 2);
    check(directory, data, size);
    if (pil_buffer_append(&sealed, data, size) == PIL_OK &&
        pil_buffer_appendf(&sealed, "checksum\t%s\n", pil_digest_of(data, size).hex) == PIL_OK)
        check(directory, sealed.bytes, sealed.length);
    pil_buffer_dispose(&sealed);
    pil_temporary_directory_remove(directory);
    return 0;
}
