#include "compression.h"

#include "base/file.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum {
    /* Of 91 MB of paragraphs with a dictionary of 256 KiB, level 3 leaves 0.341 at 185 MB/s and
     * core, 4 0.336 at 165, 5 0.328 at 101. */
    LEVEL = 4,
    HEADER_BYTES = 9,
    DESCRIPTOR_AT = 4,
    BLOCK_HEADER_AT = 6,
    COMPRESSED_BLOCK = 2,
    /* More than that no text of PIL_BLOCK_TEXT_MAX_BYTES takes, compressed or not. */
    FRAME_MAX_BYTES = PIL_BLOCK_TEXT_MAX_BYTES + 1024
};

/* A frame's header (RFC 8878, 3.1.1) that has no content size, no dictionary id and no checksum,
 * and a window of 128 KiB; the three bytes of the block's header follow. */
static const char frame_header[BLOCK_HEADER_AT] = {0x28, (char)0xB5, 0x2F, (char)0xFD, 0, 7 << 3};

/* ---- compressing ---- */

struct pil_compression {
    ZSTD_CDict *digested; /* NULL without a dictionary */
    uint64_t number;
};

pil_compression *pil_compression_new(uint64_t number, const void *bytes, size_t length)
{
    pil_compression *compression = calloc(1, sizeof *compression);
    if (compression == NULL || length == 0)
        return compression;
    compression->number = number;
    compression->digested = ZSTD_createCDict(bytes, length, LEVEL);
    if (compression->digested != NULL)
        return compression;
    free(compression);
    return NULL;
}

void pil_compression_free(pil_compression *compression)
{
    if (compression != NULL)
        ZSTD_freeCDict(compression->digested);
    free(compression);
}

struct pil_compressor {
    const pil_compression *compression;
    ZSTD_CCtx *context;
    char frame[FRAME_MAX_BYTES];
};

static bool is_set_up(const pil_compressor *compressor)
{
    ZSTD_CCtx *context = compressor->context;
    return !ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, LEVEL)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 0)) &&
           !ZSTD_isError(ZSTD_CCtx_refCDict(context, compressor->compression->digested));
}

pil_compressor *pil_compressor_new(const pil_compression *compression)
{
    pil_compressor *compressor = calloc(1, sizeof *compressor);
    if (compressor == NULL)
        return NULL;
    compressor->compression = compression;
    compressor->context = ZSTD_createCCtx();
    if (compressor->context != NULL && is_set_up(compressor))
        return compressor;
    pil_compressor_free(compressor);
    return NULL;
}

void pil_compressor_free(pil_compressor *compressor)
{
    if (compressor != NULL)
        ZSTD_freeCCtx(compressor->context);
    free(compressor);
}

uint64_t pil_compressor_dictionary(const pil_compressor *compressor)
{
    return compressor->compression->number;
}

/* True when what stands in the frame's header can be put back: nothing but the window (which the
 * reader takes as large as a text can be) and one compressed block, the last. */
static bool is_single_block(const char *frame, size_t length)
{
    if (length <= HEADER_BYTES || memcmp(frame, frame_header, DESCRIPTOR_AT + 1) != 0)
        return false;
    const unsigned char *header = (const unsigned char *)frame + BLOCK_HEADER_AT;
    size_t value = header[0] | (size_t)header[1] << 8 | (size_t)header[2] << 16;
    return (value & 1) == 1 && (value >> 1 & 3) == COMPRESSED_BLOCK &&
           value >> 3 == length - HEADER_BYTES;
}

pil_status pil_compressor_run(pil_compressor *compressor, const char *text, size_t length,
                              const char **block, size_t *block_length, pil_error *err)
{
    *block = NULL;
    *block_length = 0;
    if (length == 0 || length > PIL_BLOCK_TEXT_MAX_BYTES)
        return PIL_OK;
    size_t size = ZSTD_compress2(compressor->context, compressor->frame, sizeof compressor->frame,
                                 text, length);
    if (ZSTD_isError(size)) /* there is room for it */
        return pil_error_no_memory(err);
    if (is_single_block(compressor->frame, size) && size - HEADER_BYTES < length) {
        *block = compressor->frame + HEADER_BYTES;
        *block_length = size - HEADER_BYTES;
    }
    return PIL_OK;
}

/* ---- reading ---- */

typedef struct dictionary {
    pil_manifest_dictionary entry;
    ZSTD_DDict *digested; /* NULL until it is loaded */
} dictionary;

struct pil_dictionaries {
    char *directory;
    dictionary *items; /* [0..n_items) */
    size_t n_items;
    ZSTD_DCtx *context;
    pil_buffer frame; /* a block with its header put back */
};

pil_status pil_dictionaries_open(pil_dictionaries **out, const char *directory,
                                 const pil_manifest *manifest, pil_error *err)
{
    pil_dictionaries *dictionaries = calloc(1, sizeof *dictionaries);
    if (dictionaries == NULL)
        return pil_error_no_memory(err);
    pil_buffer_init(&dictionaries->frame, FRAME_MAX_BYTES);
    dictionaries->directory = strdup(directory);
    dictionaries->items = calloc(manifest->n_dictionaries + 1, sizeof *dictionaries->items);
    dictionaries->context = ZSTD_createDCtx();
    if (dictionaries->directory == NULL || dictionaries->items == NULL ||
        dictionaries->context == NULL) {
        pil_dictionaries_close(dictionaries);
        return pil_error_no_memory(err);
    }
    dictionaries->n_items = manifest->n_dictionaries;
    for (size_t i = 0; i < manifest->n_dictionaries; i++)
        dictionaries->items[i].entry = manifest->dictionaries[i];
    *out = dictionaries;
    return PIL_OK;
}

void pil_dictionaries_close(pil_dictionaries *dictionaries)
{
    if (dictionaries == NULL)
        return;
    for (size_t i = 0; i < dictionaries->n_items; i++)
        ZSTD_freeDDict(dictionaries->items[i].digested);
    free(dictionaries->items);
    free(dictionaries->directory);
    ZSTD_freeDCtx(dictionaries->context);
    pil_buffer_dispose(&dictionaries->frame);
    free(dictionaries);
}

static pil_status load(const char *directory, dictionary *item, pil_error *err)
{
    if (item->digested != NULL)
        return PIL_OK;
    pil_buffer bytes;
    pil_buffer_init(&bytes, PIL_DICTIONARY_MAX_BYTES);
    pil_status status = pil_dictionary_read(directory, &item->entry, &bytes, err);
    if (status == PIL_OK) {
        item->digested = ZSTD_createDDict(bytes.bytes, bytes.length);
        if (item->digested == NULL)
            status = pil_error_no_memory(err);
    }
    pil_buffer_dispose(&bytes);
    return status;
}

pil_status pil_dictionaries_load(pil_dictionaries *dictionaries, pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < dictionaries->n_items && status == PIL_OK; i++)
        status = load(dictionaries->directory, &dictionaries->items[i], err);
    return status;
}

/* *digested: dictionary number ready for reading; NULL for number 0. */
static pil_status find(pil_dictionaries *dictionaries, uint64_t number, const ZSTD_DDict **digested,
                       pil_error *err)
{
    *digested = NULL;
    if (number == 0)
        return PIL_OK;
    for (size_t i = 0; i < dictionaries->n_items; i++) {
        dictionary *item = &dictionaries->items[i];
        if (item->entry.number != number)
            continue;
        pil_status status = load(dictionaries->directory, item, err);
        *digested = item->digested;
        /* Who reads records holds the lock or has loaded them all before: it is lost. */
        if (status == PIL_STALE && err != NULL)
            err->status = PIL_CORRUPT;
        return status == PIL_STALE ? PIL_CORRUPT : status;
    }
    return pil_error_set(err, PIL_CORRUPT, "there is no dictionary %" PRIu64, number);
}

/* Makes a frame of the block, as one that ZSTD_compress2 gave. */
static pil_status put_header_back(pil_buffer *frame, const void *block, size_t length,
                                  pil_error *err)
{
    uint32_t value = (uint32_t)length << 3 | COMPRESSED_BLOCK << 1 | 1;
    const char block_header[] = {(char)(value & 0xFF), (char)(value >> 8 & 0xFF),
                                 (char)(value >> 16)};
    pil_buffer_clear(frame);
    pil_status status = pil_buffer_append(frame, frame_header, sizeof frame_header);
    if (status == PIL_OK)
        status = pil_buffer_append(frame, block_header, sizeof block_header);
    if (status == PIL_OK)
        status = pil_buffer_append(frame, block, length);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

pil_status pil_dictionaries_expand(pil_dictionaries *dictionaries, uint64_t number,
                                   const void *block, size_t block_length, char *text,
                                   size_t *text_length, pil_error *err)
{
    if (block_length > PIL_BLOCK_TEXT_MAX_BYTES)
        return pil_error_set(err, PIL_CORRUPT, "a compressed text is too long");
    const ZSTD_DDict *digested;
    pil_status status = find(dictionaries, number, &digested, err);
    if (status == PIL_OK)
        status = put_header_back(&dictionaries->frame, block, block_length, err);
    if (status != PIL_OK)
        return status;
    size_t got =
        ZSTD_decompress_usingDDict(dictionaries->context, text, PIL_BLOCK_TEXT_MAX_BYTES,
                                   dictionaries->frame.bytes, dictionaries->frame.length, digested);
    if (ZSTD_isError(got))
        return pil_error_set(err, PIL_CORRUPT, "a compressed text is damaged");
    *text_length = got;
    return PIL_OK;
}
