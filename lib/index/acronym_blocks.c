#include "acronym_blocks.h"

#include "codec.h"
#include "index/schema.h"

#include <stdio.h>
#include <string.h>

/* A block is closed when it has so many bytes. */
enum { BLOCK_BYTES = 1000, BLOCK_MAX_BYTES = 1 << 16 };

static pil_status put_string(pil_buffer *out, const char *string)
{
    return pil_codec_put_string(out, string, strlen(string));
}

static pil_status put_acronym(pil_buffer *out, const pil_acronym *acronym)
{
    pil_status status = put_string(out, acronym->short_key);
    if (status == PIL_OK)
        status = put_string(out, acronym->long_key);
    if (status == PIL_OK)
        status = put_string(out, acronym->short_form);
    if (status == PIL_OK)
        status = put_string(out, acronym->long_form);
    return status == PIL_OK ? pil_codec_put_number(out, acronym->n_paragraphs) : status;
}

static pil_status close_block(pil_buffer *block, unsigned number, pil_acronym_sink sink,
                              void *context, pil_error *err)
{
    char key[32];
    int length = snprintf(key, sizeof key, "%s%04x", PIL_KEY_ACRONYM, number);
    if (pil_codec_seal(block, 0) != PIL_OK)
        return pil_error_no_memory(err);
    pil_status status = sink(context, key, (size_t)length, block->bytes, block->length, err);
    pil_buffer_clear(block);
    return status;
}

pil_status pil_acronym_blocks_write(const pil_acronym *acronyms, size_t n, pil_acronym_sink sink,
                                    void *context, pil_error *err)
{
    pil_buffer block;
    unsigned number = 0;
    pil_status status = PIL_OK;
    pil_buffer_init(&block, BLOCK_MAX_BYTES);
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        if (put_acronym(&block, &acronyms[i]) != PIL_OK)
            status = pil_error_no_memory(err);
        else if (block.length >= BLOCK_BYTES || i + 1 == n)
            status = close_block(&block, number++, sink, context, err);
    }
    pil_buffer_dispose(&block);
    return status;
}

pil_status pil_acronym_block_read(const char *value, size_t length, pil_buffer *strings,
                                  pil_acronym_block_callback callback, void *context,
                                  pil_error *err)
{
    pil_codec_reader reader = pil_codec_open(value, length);
    while (reader.ok && reader.at < reader.length) {
        pil_buffer_clear(strings);
        /* They move while there is no room. */
        if (pil_buffer_reserve(strings, length + 4) != PIL_OK)
            return pil_error_no_memory(err);
        pil_acronym acronym;
        acronym.short_key = pil_codec_keep_string(&reader, strings);
        acronym.long_key = pil_codec_keep_string(&reader, strings);
        acronym.short_form = pil_codec_keep_string(&reader, strings);
        acronym.long_form = pil_codec_keep_string(&reader, strings);
        acronym.n_paragraphs = pil_codec_get_u32(&reader);
        if (!reader.ok)
            break;
        pil_status status = callback(context, &acronym);
        if (status != PIL_OK)
            return pil_error_set(err, status, "cannot go through the acronyms");
    }
    return reader.ok ? PIL_OK : pil_error_set(err, PIL_CORRUPT, "the acronyms are damaged");
}
