#include "lexicon.h"

#include "codec.h"
#include "index/schema.h"
#include "text/analyser.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* docs/index-format.md has the layout. */
enum {
    /* A block is closed when it has so many bytes: the larger, the more room is left over where
     * none fits into a page of the table any more; the smaller, the more their keys take. */
    BLOCK_BYTES = 1000,
    BLOCK_MAX_BYTES = BLOCK_BYTES + 512,
    KEY_MAX_BYTES = sizeof PIL_KEY_WORD + PIL_LANGUAGE_MAX + 1 + PIL_TERM_MAX_BYTES,
    HALF_BITS = 4,
    HALF_MAX = (1 << HALF_BITS) - 1, /* of two numbers in a byte: the rest stands behind */
    HAS_DERIVED = 1,
    HAS_STEM = 2,
    FLAG_BITS = 2
};

int pil_lexicon_compare(const pil_lexicon_word *left, const pil_lexicon_word *right)
{
    const unsigned char *a = (const unsigned char *)left->language;
    const unsigned char *b = (const unsigned char *)right->language;
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    int difference = (*a == '\0' ? '/' : *a) - (*b == '\0' ? '/' : *b);
    return difference != 0 ? difference : strcmp(left->form, right->form);
}

static size_t shared_prefix(const char *a, const char *b)
{
    size_t n = 0;
    while (a[n] != '\0' && a[n] == b[n])
        n++;
    return n;
}

/* ---- writing ---- */

struct pil_lexicon_writer {
    pil_lexicon_sink sink;
    void *context;
    pil_buffer block;
    /* of the last word; form is "" at the beginning of a block */
    char language[PIL_LANGUAGE_MAX], form[PIL_TERM_MAX_BYTES + 1];
};

pil_lexicon_writer *pil_lexicon_writer_new(pil_lexicon_sink sink, void *context)
{
    pil_lexicon_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL)
        return NULL;
    writer->sink = sink;
    writer->context = context;
    pil_buffer_init(&writer->block, BLOCK_MAX_BYTES);
    return writer;
}

void pil_lexicon_writer_free(pil_lexicon_writer *writer)
{
    if (writer != NULL)
        pil_buffer_dispose(&writer->block);
    free(writer);
}

static pil_status put_rest(pil_buffer *out, size_t number)
{
    return number < HALF_MAX ? PIL_OK : pil_codec_put_number(out, number - HALF_MAX);
}

/* Two numbers that are small as a rule. */
static pil_status put_pair(pil_buffer *out, size_t low, size_t high)
{
    size_t low_half = low < HALF_MAX ? low : HALF_MAX;
    size_t high_half = high < HALF_MAX ? high : HALF_MAX;
    pil_status status = pil_buffer_append_byte(out, (char)(low_half | high_half << HALF_BITS));
    if (status == PIL_OK)
        status = put_rest(out, low);
    return status == PIL_OK ? put_rest(out, high) : status;
}

/* string by how much of the beginning of base it shares (or, from_end, how much of base it lacks),
 * and what follows. */
static pil_status put_suffix(pil_buffer *out, const char *base, const char *string, bool from_end)
{
    size_t shared = shared_prefix(base, string), length = strlen(string) - shared;
    pil_status status = put_pair(out, from_end ? strlen(base) - shared : shared, length);
    return status == PIL_OK ? pil_buffer_append(out, string + shared, length) : status;
}

static pil_status put_word(pil_buffer *out, const char *previous, const pil_lexicon_word *word)
{
    bool has_stem = strcmp(word->stem, word->form) != 0;
    pil_status status = put_suffix(out, previous, word->form, false);
    if (status == PIL_OK)
        status = pil_codec_put_number(out, (uint64_t)word->n_written << FLAG_BITS |
                                               (word->n_derived > 0 ? HAS_DERIVED : 0) |
                                               (has_stem ? HAS_STEM : 0));
    if (status == PIL_OK && word->n_derived > 0)
        status = pil_codec_put_number(out, word->n_derived);
    if (status == PIL_OK && has_stem)
        status = put_suffix(out, word->form, word->stem, true);
    return status;
}

static size_t make_key(const char *language, const char *form, char key[KEY_MAX_BYTES])
{
    const char *const parts[] = {PIL_KEY_WORD, language, "/", form};
    size_t length = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t n = strlen(parts[i]);
        memcpy(key + length, parts[i], n);
        length += n;
    }
    return length;
}

pil_status pil_lexicon_writer_finish(pil_lexicon_writer *writer, pil_error *err)
{
    if (writer->block.length == 0)
        return PIL_OK;
    char key[KEY_MAX_BYTES];
    size_t key_length = make_key(writer->language, writer->form, key);
    if (pil_codec_seal(&writer->block, 0) != PIL_OK)
        return pil_error_no_memory(err);
    pil_status status = writer->sink(writer->context, key, key_length, writer->block.bytes,
                                     writer->block.length, err);
    pil_buffer_clear(&writer->block);
    writer->form[0] = '\0';
    return status;
}

pil_status pil_lexicon_writer_add(pil_lexicon_writer *writer, const pil_lexicon_word *word,
                                  pil_error *err)
{
    size_t language_bytes = strlen(word->language), form_bytes = strlen(word->form);
    if (language_bytes >= PIL_LANGUAGE_MAX || form_bytes > PIL_TERM_MAX_BYTES ||
        strlen(word->stem) > PIL_TERM_MAX_BYTES)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "a word is too long for the lexicon");
    pil_status status = PIL_OK;
    if (strcmp(writer->language, word->language) != 0 || writer->block.length >= BLOCK_BYTES)
        status = pil_lexicon_writer_finish(writer, err);
    if (status != PIL_OK)
        return status;
    if (put_word(&writer->block, writer->form, word) != PIL_OK)
        return pil_error_no_memory(err);
    memcpy(writer->language, word->language, language_bytes + 1);
    memcpy(writer->form, word->form, form_bytes + 1);
    return PIL_OK;
}

/* ---- reading ---- */

struct pil_lexicon_block {
    pil_codec_reader reader;
    const char *last; /* form of the block, from its key; not ended by a NUL */
    size_t last_length;
    char language[PIL_LANGUAGE_MAX];
    char form[PIL_TERM_MAX_BYTES + 1], stem[PIL_TERM_MAX_BYTES + 1];
};

static pil_status fail_corrupt(pil_error *err)
{
    return pil_error_set(err, PIL_CORRUPT, "the lexicon is damaged");
}

/* The language and the last form, which the key names. */
static bool read_key(pil_lexicon_block *block, const char *key, size_t key_length)
{
    size_t prefix = strlen(PIL_KEY_WORD);
    if (key_length < prefix || memcmp(key, PIL_KEY_WORD, prefix) != 0)
        return false;
    const char *language = key + prefix;
    const char *slash = memchr(language, '/', key_length - prefix);
    if (slash == NULL || slash - language >= PIL_LANGUAGE_MAX)
        return false;
    memcpy(block->language, language, (size_t)(slash - language));
    block->last = slash + 1;
    block->last_length = (size_t)(key + key_length - block->last);
    return true;
}

pil_status pil_lexicon_block_open(pil_lexicon_block **out, const char *key, size_t key_length,
                                  const char *value, size_t value_length, pil_error *err)
{
    pil_lexicon_block *block = calloc(1, sizeof *block);
    if (block == NULL)
        return pil_error_no_memory(err);
    block->reader = pil_codec_open(value, value_length);
    if (!block->reader.ok || !read_key(block, key, key_length)) {
        free(block);
        return fail_corrupt(err);
    }
    *out = block;
    return PIL_OK;
}

void pil_lexicon_block_close(pil_lexicon_block *block)
{
    free(block);
}

static uint64_t get_rest(pil_codec_reader *reader, unsigned half)
{
    return half < HALF_MAX ? half : (uint64_t)half + pil_codec_get_u32(reader);
}

/* What put_suffix wrote. string holds the base, of base_length bytes. */
static void get_suffix(pil_codec_reader *reader, size_t base_length, bool from_end,
                       char string[PIL_TERM_MAX_BYTES + 1])
{
    unsigned pair = pil_codec_get_byte(reader);
    uint64_t shared = get_rest(reader, pair & HALF_MAX);
    uint64_t length = get_rest(reader, pair >> HALF_BITS);
    if (!reader->ok || shared > base_length) {
        reader->ok = false;
        return;
    }
    if (from_end)
        shared = base_length - shared;
    if (length > PIL_TERM_MAX_BYTES - shared || length > reader->length - reader->at ||
        memchr(reader->bytes + reader->at, '\0', (size_t)length) != NULL) {
        reader->ok = false;
        return;
    }
    memcpy(string + shared, reader->bytes + reader->at, (size_t)length);
    string[shared + length] = '\0';
    reader->at += (size_t)length;
}

static void get_word(pil_lexicon_block *block, pil_lexicon_word *word)
{
    pil_codec_reader *reader = &block->reader;
    char previous[PIL_TERM_MAX_BYTES + 1];
    memcpy(previous, block->form, sizeof previous);
    get_suffix(reader, strlen(previous), false, block->form);
    uint64_t counts = pil_codec_get_number(reader);
    uint32_t n_derived = counts & HAS_DERIVED ? pil_codec_get_u32(reader) : 0;
    memcpy(block->stem, block->form, sizeof block->stem);
    if (counts & HAS_STEM)
        get_suffix(reader, strlen(block->form), true, block->stem);
    if (strcmp(previous, block->form) >= 0 || counts >> FLAG_BITS > UINT32_MAX)
        reader->ok = false;
    *word = (pil_lexicon_word){.language = block->language,
                               .form = block->form,
                               .stem = block->stem,
                               .n_written = (uint32_t)(counts >> FLAG_BITS),
                               .n_derived = n_derived};
}

pil_status pil_lexicon_block_next(pil_lexicon_block *block, pil_lexicon_word *word, pil_error *err)
{
    if (!block->reader.ok)
        return fail_corrupt(err);
    if (block->reader.at < block->reader.length) {
        get_word(block, word);
        return block->reader.ok ? PIL_OK : fail_corrupt(err);
    }
    bool is_whole = block->last_length > 0 && strlen(block->form) == block->last_length &&
                    memcmp(block->form, block->last, block->last_length) == 0;
    return is_whole ? PIL_DONE : fail_corrupt(err);
}
