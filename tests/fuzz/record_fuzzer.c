/* Any bytes as a stored record and as an article's metadata, as they are and with the checksum
 * that they should have: no crash, and what is accepted comes back when it is stored again. */
#include "index/record.h"
#include "lib/index/codec.h"
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

static void require_refused(pil_status status)
{
    require(status == PIL_CORRUPT || status == PIL_INCOMPATIBLE);
}

/* What records are read and written with: dictionary 1, of a few words. Made once. */
static pil_dictionaries *dictionaries;
static pil_compressor *compressor;

static void make_dictionary(void)
{
    static const char words[] = "and the of that in on for with united nations security council";
    if (dictionaries != NULL)
        return;
    char *directory = pil_temporary_directory_new();
    pil_manifest_dictionary entry = {1, sizeof words, pil_digest_of(words, sizeof words)};
    const pil_manifest manifest = {.dictionaries = &entry, .n_dictionaries = 1};
    pil_temporary_directory_write(directory, "dictionary-1", words, sizeof words);
    require(pil_dictionaries_open(&dictionaries, directory, &manifest, NULL) == PIL_OK);
    require(pil_dictionaries_load(dictionaries, NULL) == PIL_OK);
    pil_temporary_directory_remove(directory);
    static pil_compression *compression;
    compression = pil_compression_new(1, words, sizeof words);
    require(compression != NULL);
    compressor = pil_compressor_new(compression);
    require(compressor != NULL);
}

static pil_status decode(const pil_buffer *stored, pil_buffer *strings, pil_record *record)
{
    return pil_record_decode(stored->bytes, stored->length, dictionaries, strings, record, NULL);
}

static void check_record(const pil_buffer *stored)
{
    pil_buffer strings, again, strings_again;
    pil_record record, twice;
    pil_buffer_init(&strings, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&strings_again, PIL_RECORD_MAX_BYTES);
    pil_buffer_init(&again, 4 * PIL_RECORD_MAX_BYTES);
    pil_status status = decode(stored, &strings, &record);
    if (status == PIL_OK) {
        require(record.text[record.text_bytes] == '\0');
        require(record.end_byte >= record.begin_byte);
        require(pil_record_encode(&record, compressor, &again, NULL) == PIL_OK);
        require(decode(&again, &strings_again, &twice) == PIL_OK);
        require(twice.number == record.number && twice.repeat == record.repeat &&
                twice.begin_byte == record.begin_byte && twice.end_byte == record.end_byte &&
                twice.line == record.line && twice.page == record.page &&
                twice.text_bytes == record.text_bytes);
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
    pil_buffer_init(&again, 4 * PIL_RECORD_MAX_BYTES);
    pil_status status =
        pil_article_meta_decode(stored->bytes, stored->length, &strings, &meta, NULL);
    if (status == PIL_OK) {
        require(pil_article_meta_encode(&meta, &again, NULL) == PIL_OK);
        require(pil_article_meta_decode(again.bytes, again.length, &strings_again, &twice, NULL) ==
                PIL_OK);
        require(strcmp(twice.id, meta.id) == 0 && strcmp(twice.path, meta.path) == 0);
        require(strcmp(twice.title, meta.title) == 0 && strcmp(twice.url, meta.url) == 0);
        require(strcmp(twice.author, meta.author) == 0 && strcmp(twice.date, meta.date) == 0);
        require(strcmp(twice.language, meta.language) == 0);
        require(strcmp(twice.source, meta.source) == 0);
        require(twice.n_paragraphs == meta.n_paragraphs && twice.line == meta.line);
        require(twice.id_seed == meta.id_seed && twice.generation == meta.generation);
    } else {
        require_refused(status);
    }
    pil_buffer_dispose(&strings);
    pil_buffer_dispose(&strings_again);
    pil_buffer_dispose(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    make_dictionary();
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
