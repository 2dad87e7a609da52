/* The lexicon of a segment: every surface form (folded, before stemming) by language, with its
 * stem and the number of paragraphs that have it. It is stored as metadata in blocks of
 * front-coded forms, each under the key "word/" language "/" last form of the block, so that the
 * first key at or behind a form's names the block that has it. docs/index-format.md has the
 * layout.
 *
 * Thread rule: no shared state. */
#ifndef INDEX_LEXICON_H
#define INDEX_LEXICON_H

#include "base/error.h"
#include "index/lexicon_word.h"

#include <stddef.h>
#include <stdint.h>

/* The order of the lexicon: by the bytes of language "/" form. As strcmp. */
int pil_lexicon_compare(const pil_lexicon_word *left, const pil_lexicon_word *right);

/* Takes a finished block. */
typedef pil_status (*pil_lexicon_sink)(void *context, const char *key, size_t key_length,
                                       const char *value, size_t value_length, pil_error *err);

typedef struct pil_lexicon_writer pil_lexicon_writer;
/* NULL when memory ran out. */
pil_lexicon_writer *pil_lexicon_writer_new(pil_lexicon_sink sink, void *context);
/* Words come in order, none twice. Strings are copied. PIL_NO_MEMORY; PIL_INVALID_ARGUMENT when a
 * form or stem is longer than PIL_TERM_MAX_BYTES or a language as long as PIL_LANGUAGE_MAX; or what
 * the sink returned. */
PIL_NODISCARD pil_status pil_lexicon_writer_add(pil_lexicon_writer *writer,
                                                const pil_lexicon_word *word, pil_error *err);
/* Hands out the last block. */
PIL_NODISCARD pil_status pil_lexicon_writer_finish(pil_lexicon_writer *writer, pil_error *err);
void pil_lexicon_writer_free(pil_lexicon_writer *writer);

/* Goes through the words of one block. */
typedef struct pil_lexicon_block pil_lexicon_block;
/* key and value must outlive it. PIL_CORRUPT when the block's checksum does not match or it is no
 * block; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_lexicon_block_open(pil_lexicon_block **out, const char *key,
                                                size_t key_length, const char *value,
                                                size_t value_length, pil_error *err);
/* The next word, valid until the next call. PIL_DONE behind the last; PIL_CORRUPT. */
PIL_NODISCARD pil_status pil_lexicon_block_next(pil_lexicon_block *block, pil_lexicon_word *word,
                                                pil_error *err);
void pil_lexicon_block_close(pil_lexicon_block *block);

#endif
