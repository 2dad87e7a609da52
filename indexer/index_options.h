/* The indexer's command line. */
#ifndef INDEXER_INDEX_OPTIONS_H
#define INDEXER_INDEX_OPTIONS_H

#include "base/error.h"
#include "cli/options.h"
#include "cli/terminal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What to do. The first operand names it when it is one of these names; a path of that name is
 * written ./status, or comes after "--". Without one the operands are indexed. */
typedef enum pil_index_verb {
    PIL_VERB_INDEX,
    PIL_VERB_STATUS,  /* sizes, counts, segments; what was skipped */
    PIL_VERB_VERIFY,  /* checks every checksum and record; never writes */
    PIL_VERB_MERGE,   /* all segments into one */
    PIL_VERB_REMOVE,  /* drops the articles at and below the paths */
    PIL_VERB_FORMATS, /* what can be read */
    PIL_VERB_TRUST    /* allows the commands of the index's config */
} pil_index_verb;

/* What may be held in memory before it is written, in bytes. */
#define PIL_INDEX_MEMORY_MIN (UINT64_C(1) << 20)
#define PIL_INDEX_MEMORY_MAX (UINT64_C(1) << 40)
#define PIL_INDEX_MEMORY_DEFAULT_MAX (UINT64_C(1) << 30)
enum { PIL_INDEX_JOBS_MAX = 256 };

/* Strings point into argv; the array of paths is owned. */
typedef struct pil_index_options {
    pil_index_verb verb;
    const char **paths;        /* as given; "-" is standard input */
    size_t n_paths;            /* at least 1 for PIL_VERB_INDEX and PIL_VERB_REMOVE, else 0 */
    const char *index;         /* -d, or NULL */
    const char *language;      /* of texts that do not say; "en" unless given */
    int format;                /* a pil_format for all inputs; PIL_FORMAT_NONE: by their names */
    const char *text_column;   /* of tables, or NULL: the usual names */
    pil_option_strings set;    /* FIELD=VALUE: metadata of all that is read */
    pil_option_strings filter; /* EXT:COMMAND: programs that read files of an extension */
    bool ocr;                  /* read pages without text by OCR */
    bool retry;                /* read again what was skipped and is the same */
    bool no_delete;            /* keep what has disappeared */
    bool dry_run;              /* say what would be done, and write nothing */
    uint64_t memory;    /* PIL_INDEX_MEMORY_MIN to PIL_INDEX_MEMORY_MAX; by default a quarter of the
                           machine's, at most PIL_INDEX_MEMORY_DEFAULT_MAX */
    uint64_t jobs;      /* threads; by default the processors there are */
    bool skipped;       /* status: list the skipped inputs */
    bool json;          /* status: as JSON */
    bool quiet;         /* only errors */
    bool verbose;       /* a line an input */
    int progress;       /* pil_when */
    bool help, version; /* when either is set nothing else is checked */
} pil_index_options;

/* The table, for --help and for the test against the man page. */
extern const pil_option_table pil_index_option_table;

/* The verb of this name, or PIL_VERB_INDEX. */
pil_index_verb pil_index_verb_named(const char *name);

/* Fills *options from the command line. PIL_INVALID_ARGUMENT with a message for the user, also
 * for an option that does not go with the verb; PIL_NO_MEMORY. The caller disposes of *options,
 * also on failure. */
PIL_NODISCARD pil_status pil_index_options_parse(int argc, char *const *argv,
                                                 pil_index_options *options, pil_error *err);
void pil_index_options_dispose(pil_index_options *options);

#endif
