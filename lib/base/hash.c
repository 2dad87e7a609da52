#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>
/* Words are hashed by the million, and are short: a call would take longer than the hash. */
#define XXH_INLINE_ALL
#include <xxhash.h>
#include <zlib.h>

struct pil_digest_stream {
    XXH3_state_t *state;
};

uint32_t pil_crc32(const void *bytes, size_t length)
{
    return (uint32_t)crc32_z(0, bytes, length);
}

uint64_t pil_hash64(const void *bytes, size_t length)
{
    return XXH3_64bits(bytes, length);
}

static pil_digest to_digest(XXH128_hash_t hash)
{
    pil_digest digest;
    snprintf(digest.hex, sizeof digest.hex, "%016llx%016llx", (unsigned long long)hash.high64,
             (unsigned long long)hash.low64);
    return digest;
}

pil_digest pil_digest_of(const void *bytes, size_t length)
{
    return to_digest(XXH3_128bits(bytes, length));
}

pil_digest_stream *pil_digest_stream_new(void)
{
    pil_digest_stream *stream = malloc(sizeof *stream);
    if (stream == NULL)
        return NULL;
    stream->state = XXH3_createState();
    if (stream->state == NULL) {
        free(stream);
        return NULL;
    }
    XXH3_128bits_reset(stream->state);
    return stream;
}

void pil_digest_stream_free(pil_digest_stream *stream)
{
    if (stream == NULL)
        return;
    XXH3_freeState(stream->state);
    free(stream);
}

void pil_digest_stream_add(pil_digest_stream *stream, const void *bytes, size_t length)
{
    XXH3_128bits_update(stream->state, bytes, length);
}

pil_digest pil_digest_stream_get(const pil_digest_stream *stream)
{
    return to_digest(XXH3_128bits_digest(stream->state));
}
