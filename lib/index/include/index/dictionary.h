/* What paragraphs are compressed with: zstd dictionaries, trained on the texts they are for. An
 * index has a few, in files "dictionary-<number>" that its manifest names; segments share them,
 * and each record says which it needs, for whoever reads it may not know its segment. */
#ifndef INDEX_DICTIONARY_H
#define INDEX_DICTIONARY_H

#include "base/buffer.h"
#include "base/error.h"
#include "index/manifest.h"

#include <stddef.h>
#include <stdint.h>

/* Trains a dictionary on samples[0..n_samples), texts one behind the other in bytes, of the given
 * lengths; appends it to out. It depends on nothing but them. *out stays empty when they are too
 * few to train on. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_dictionary_train(const char *bytes, const size_t *lengths,
                                              size_t n_samples, pil_buffer *out, pil_error *err);
/* The most that training looks at, in bytes. */
enum { PIL_DICTIONARY_SAMPLE_BYTES = 8 << 20, PIL_DICTIONARY_MAX_BYTES = 256 << 10 };

/* directory/dictionary-<number>, for the caller to free; NULL: no memory. */
char *pil_dictionary_path(const char *directory, uint64_t number);

/* Appends the dictionary that entry names to bytes. PIL_STALE when its file is gone; PIL_CORRUPT
 * when it is not as it was written; PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_dictionary_read(const char *directory,
                                             const pil_manifest_dictionary *entry,
                                             pil_buffer *bytes, pil_error *err);

/* ---- compressing ----
 * Thread rule: one thread at a time for each compressor; a digested dictionary may be shared. */

/* A dictionary made ready for compressing. */
typedef struct pil_compression pil_compression;
/* number 0 and no bytes: without a dictionary. The bytes are copied. NULL: no memory. */
pil_compression *pil_compression_new(uint64_t number, const void *bytes, size_t length);
void pil_compression_free(pil_compression *compression);

typedef struct pil_compressor pil_compressor;
/* compression is borrowed. NULL: no memory. */
pil_compressor *pil_compressor_new(const pil_compression *compression);
void pil_compressor_free(pil_compressor *compressor);

/* ---- reading ---- */

/* The dictionaries that a manifest names, each loaded when it is first needed.
 * Thread rule: one thread at a time. */
typedef struct pil_dictionaries pil_dictionaries;
/* The manifest is not kept. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_dictionaries_open(pil_dictionaries **out, const char *directory,
                                               const pil_manifest *manifest, pil_error *err);
void pil_dictionaries_close(pil_dictionaries *dictionaries);
/* Loads them all, for before their files may be removed. PIL_STALE when one is gone; PIL_CORRUPT,
 * PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_dictionaries_load(pil_dictionaries *dictionaries, pil_error *err);

#endif
