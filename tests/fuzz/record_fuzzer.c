/* Any bytes as a stored record and as an article's metadata, as they are and with the checksum
 * that they should have: no crash, and what is accepted comes back when it is stored again. */
#include "index/record.h"
#include "lib/index/codec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void require_refused(pil_status status)
{
    require(status == PIL_CORRUPT || status == PIL_INCOMPATIBLE);
}

static void check_record(const pil_buffer *stored)
{
    pil_buffer strings, again, strings_again;
    pil_record record, twice;
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&strings_again, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&again, 2 * PIL_RECORD_MAX_BYTES);
    pil_status status = pil_record_decode(stored->bytes, stored->length, &strings, &record, NULL);
    if (status == PIL_OK) {
        require(record.text[record.text_bytes] == '\0');
        require(pil_record_encode(&record, &again, NULL) == PIL_OK);
        require(pil_record_decode(again.bytes, again.length, &strings_again, &twice, NULL) ==
                PIL_OK);
        require(twice.id == record.id && twice.number == record.number &&
                twice.begin_byte == record.begin_byte && twice.end_byte == record.end_byte &&
                twice.line == record.line && twice.page == record.page &&
                twice.generation == record.generation && twice.text_bytes == record.text_bytes);
        require(memcmp(twice.text, record.text, record.text_bytes) == 0);
        require(strcmp(twice.language, record.language) == 0);
        require(strcmp(twice.heading, record.heading) == 0);
    } else {
        require_refused(status);
    }
    pil_buffer_dispose(&strings);
    pil_buffer_dispose(&strings_again);
    pil_buffer_dispose(&again);
}

static void check_meta(const pil_buffer *stored)
{
    pil_buffer strings, again, strings_again;
    pil_article_meta meta, twice;
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&strings_again, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&again, 2 * PIL_RECORD_MAX_BYTES);
    pil_status status =
        pil_article_meta_decode(stored->bytes, stored->length, &strings, &meta, NULL);
    if (status == PIL_OK) {
        require(pil_article_meta_encode(&meta, &again, NULL) == PIL_OK);
        require(pil_article_meta_decode(again.bytes, again.length, &strings_again, &twice, NULL) ==
                PIL_OK);
        require(strcmp(twice.id, meta.id) == 0 && strcmp(twice.path, meta.path) == 0);
        require(strcmp(twice.title, meta.title) == 0 && strcmp(twice.url, meta.url) == 0);
        require(twice.n_paragraphs == meta.n_paragraphs);
    } else {
        require_refused(status);
    }
    pil_buffer_dispose(&strings);
    pil_buffer_dispose(&strings_again);
    pil_buffer_dispose(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pil_buffer stored;
    pil_buffer_init(&stored, PIL_RECORD_MAX_BYTES);
    if (pil_buffer_append(&stored, data, size) == PIL_OK) {
        check_record(&stored);
        check_meta(&stored);
        if (pil_codec_seal(&stored, 0) == PIL_OK) {
            check_record(&stored);
            check_meta(&stored);
        }
    }
    pil_buffer_dispose(&stored);
    return 0;
}
