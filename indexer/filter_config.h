/* Which filters there are: those of the command line, then those of the index's own config file,
 * then those of the user's. A config file is lines as
 *
 *     filter doc:antiword %f
 *
 * with empty lines, and lines that begin with #, between them.
 *
 * The config of an index may come with a folder from anywhere. Its commands are run only once the
 * user has said so: a copy of what it says is kept among the user's state, and as long as the file
 * is the same, byte for byte, it is trusted. A copy and no digest, because the digests that we have
 * (XXH3) are not made to withstand forgers. */
#ifndef INDEXER_FILTER_CONFIG_H
#define INDEXER_FILTER_CONFIG_H

#include "base/buffer.h"
#include "base/error.h"
#include "cli/options.h"
#include "file_filters.h"

enum { PIL_CONFIG_MAX_BYTES = 64 * 1024 };

/* Each but index_directory may be NULL; empty means unset. */
typedef struct pil_config_places {
    const char *index_directory; /* absolute, resolved */
    const char *config_home;     /* $XDG_CONFIG_HOME */
    const char *state_home;      /* $XDG_STATE_HOME */
    const char *home;            /* $HOME */
} pil_config_places;

/* Appends all filters. given may be NULL. PIL_INVALID_ARGUMENT with what is wrong, and in which
 * line of which file; PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_filter_config_load(const pil_config_places *places,
                                                const pil_option_strings *given,
                                                pil_file_filters *filters, pil_error *err);

/* Appends the index's config to text, and its filters. PIL_NOT_FOUND when it has none; as above. */
PIL_NODISCARD pil_status pil_filter_config_read(const pil_config_places *places, pil_buffer *text,
                                                pil_file_filters *filters, pil_error *err);

/* Trusts the index's config as long as it is text. PIL_INVALID_ARGUMENT when there is no place to
 * keep that; PIL_IO, PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_filter_config_trust(const pil_config_places *places,
                                                 const pil_buffer *text, pil_error *err);

#endif
