/* A key, a zero byte and any bytes as a block of the lexicon, as they are and with the checksum
 * that they should have: no crash, and the words of a block that is read to its end give the same
 * words when they are written and read again. */
#include "lib/index/codec.h"
#include "lib/index/lexicon.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* The words of blocks, written out one behind the other. */
typedef struct words {
    pil_buffer text;
    pil_lexicon_writer *writer; /* NULL: they are not written again */
} words;

static pil_status read_block(words *into, const char *key, size_t key_length, const char *value,
                             size_t value_length)
{
    pil_lexicon_block *block;
    pil_lexicon_word word;
    pil_status status = pil_lexicon_block_open(&block, key, key_length, value, value_length, NULL);
    if (status != PIL_OK)
        return status;
    while ((status = pil_lexicon_block_next(block, &word, NULL)) == PIL_OK) {
        require(word.form[0] != '\0' && strlen(word.form) <= PIL_TERM_MAX_BYTES);
        require(strlen(word.stem) <= PIL_TERM_MAX_BYTES);
        require(pil_buffer_appendf(&into->text, "%s/%s %s %u %u\n", word.language, word.form,
                                   word.stem, word.n_written, word.n_derived) == PIL_OK);
        if (into->writer != NULL)
            require(pil_lexicon_writer_add(into->writer, &word, NULL) == PIL_OK);
    }
    pil_lexicon_block_close(block);
    return status;
}

static pil_status take_block(void *context, const char *key, size_t key_length, const char *value,
                             size_t value_length, pil_error *err)
{
    (void)err;
    require(read_block(context, key, key_length, value, value_length) == PIL_DONE);
    return PIL_OK;
}

static void check(const char *key, size_t key_length, const char *value, size_t value_length)
{
    words first = {0}, again = {0};
    pil_buffer_init(&first.text, SIZE_MAX / 2);
    pil_buffer_init(&again.text, SIZE_MAX / 2);
    first.writer = pil_lexicon_writer_new(take_block, &again);
    require(first.writer != NULL);
    pil_status status = read_block(&first, key, key_length, value, value_length);
    require(status == PIL_DONE || status == PIL_CORRUPT);
    require(pil_lexicon_writer_finish(first.writer, NULL) == PIL_OK);
    require(strcmp(first.text.bytes, again.text.bytes) == 0);
    pil_lexicon_writer_free(first.writer);
    pil_buffer_dispose(&first.text);
    pil_buffer_dispose(&again.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *key = (const char *)data;
    const char *end = size == 0 ? NULL : memchr(key, '\0', size);
    if (end == NULL)
        return 0;
    size_t key_length = (size_t)(end - key), length = size - key_length - 1;
    check(key, key_length, end + 1, length);
    pil_buffer sealed;
    pil_buffer_init(&sealed, SIZE_MAX / 2);
    if (pil_buffer_append(&sealed, end + 1, length) == PIL_OK &&
        pil_codec_seal(&sealed, 0) == PIL_OK)
        check(key, key_length, sealed.bytes, sealed.length);
    pil_buffer_dispose(&sealed);
    return 0;
}
