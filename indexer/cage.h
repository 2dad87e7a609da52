/* The cage: parsers of foreign data run in pilcrow-extract, a program of its own that may open no
 * file but those of the system's libraries, no socket and no process, and is bounded in time,
 * memory and output (cage_confine.h). One of them a thread reads one file after another; a file
 * that breaks it costs that file.
 *
 * Thread rule: new, describe and free from one thread; read from several at once, each with a
 * worker of its own. */
#ifndef INDEXER_CAGE_H
#define INDEXER_CAGE_H

#include "article.h"
#include "base/error.h"
#include "cage_wire.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct pil_cage pil_cage;

/* Room for n_workers, which are started when first needed. Without a pilcrow-extract each read
 * tells so. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_cage_new(pil_cage **out, unsigned n_workers, pil_error *err);
/* Ends the workers. NULL is fine. */
void pil_cage_free(pil_cage *cage);

/* Reads bytes[0..length), of a caged format, as pil_read_articles does, in the worker of that
 * number. PIL_BAD_INPUT also when the reader crashed or used up what it may: when it had handed out
 * articles before, that is a note and the rest is missing. PIL_UNSUPPORTED when there is no reader
 * or it cannot be confined; PIL_NO_MEMORY; what the sink returned.
 */
PIL_NODISCARD pil_status pil_cage_read(pil_cage *cage, unsigned worker, pil_format format,
                                       const char *bytes, size_t length,
                                       const pil_read_options *options,
                                       const pil_article_sink *sink, pil_error *err);

/* Starts a worker, if none is there, and says what confines it. As above. */
PIL_NODISCARD pil_status pil_cage_describe(pil_cage *cage, pil_wire_hello *out, pil_error *err);

#endif
