/* How is a word written when case, accents, apostrophes and scripts do not count? Internal to
 * lib/text; docs/analysis.md has the rules and tables. */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct pil_fold_rules {
    bool is_serbian;           /* Serbian, Croatian, Bosnian, Montenegrin: Cyrillic to Latin */
    bool apostrophe_ends_word; /* Turkish: what follows it is a case ending */
} pil_fold_rules;

typedef struct pil_folder pil_folder;

/* PIL_NO_MEMORY, PIL_INTERNAL when ICU has no data. */
PIL_NODISCARD pil_status pil_folder_new(pil_folder **out, pil_error *err);
void pil_folder_free(pil_folder *folder);

/* Puts the folded form of word[0..length) into form, replacing what is there; it may come out
 * empty. word need not be valid UTF-8; length is at most PIL_FOLD_MAX_BYTES. PIL_NO_MEMORY,
 * PIL_INTERNAL. */
enum { PIL_FOLD_MAX_BYTES = 256 };
PIL_NODISCARD pil_status pil_fold_word(pil_folder *folder, const pil_fold_rules *rules,
                                       const char *word, size_t length, pil_buffer *form,
                                       pil_error *err);

#endif
