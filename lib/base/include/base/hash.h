/* Checksums and content hashes: zlib's CRC-32 and xxHash's XXH3. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32 (IEEE 802.3) of bytes[0..length): finds every single-bit change. */
uint32_t pil_crc32(const void *bytes, size_t length);
/* XXH3-64: hash tables and short identifiers. */
uint64_t pil_hash64(const void *bytes, size_t length);

/* XXH3-128 of a stream, as 32 lower-case hex digits: the identity of contents and files. */
enum { PIL_DIGEST_LENGTH = 32 };
typedef struct pil_digest {
    char hex[PIL_DIGEST_LENGTH + 1];
} pil_digest;

pil_digest pil_digest_of(const void *bytes, size_t length);

typedef struct pil_digest_stream pil_digest_stream;
/* NULL when memory ran out. The caller frees it. */
pil_digest_stream *pil_digest_stream_new(void);
void pil_digest_stream_free(pil_digest_stream *stream);
void pil_digest_stream_add(pil_digest_stream *stream, const void *bytes, size_t length);
/* The digest of all bytes added so far. */
pil_digest pil_digest_stream_get(const pil_digest_stream *stream);

#endif
