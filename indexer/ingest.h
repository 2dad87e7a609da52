/* Brings the index in line with what was walked: reads what is new or changed, carries over what
 * moved, removes what disappeared. */
#ifndef INDEXER_INGEST_H
#define INDEXER_INGEST_H

#include "article.h"
#include "file_filters.h"
#include "index/writer.h"
#include "report.h"
#include "set_fields.h"
#include "walk.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct pil_ingest_options {
    const char *index_directory;     /* absolute, resolved */
    const char *language;            /* of texts that neither say nor show theirs, or "" */
    const pil_set_fields *set;       /* of all that is read */
    const char *text_column;         /* of tables, or NULL */
    pil_format format;               /* of all inputs; PIL_FORMAT_NONE: by name */
    uint64_t memory_bytes;           /* bounds what is read ahead */
    const pil_file_filters *filters; /* of the user; what the walk has found by them, too */
    uint64_t recipe;          /* of files without a filter: see pil_index_writer_begin_source */
    const char *const *roots; /* [0..n_roots): what was walked, absolute; what the catalogue
                                 has at and below them and the walk lacks, has disappeared */
    size_t n_roots;
    bool ocr;          /* of pages without text */
    bool retry;        /* also what was skipped and is the same */
    bool keep_missing; /* remove nothing */
    bool reads_stdin;
    bool dry_run; /* report only; writer is NULL */
} pil_ingest_options;

/* Does it all but the commit, counting in report and telling it what is skipped. writer and
 * catalogue are those of one index; a dry run has only the catalogue. Trouble with an input is
 * reported and the work goes on; a status other than PIL_OK is trouble with the index. */
PIL_NODISCARD pil_status pil_ingest(const pil_ingest_options *options, const pil_walk *walk,
                                    pil_index_writer *writer, const pil_catalogue *catalogue,
                                    pil_report *report, pil_error *err);

#endif
