/* Unpacking with libarchive, within the bounds that keep bombs out. */
#ifndef INDEXER_UNPACK_H
#define INDEXER_UNPACK_H

#include "base/buffer.h"
#include "base/error.h"

#include <archive.h>
#include <stdint.h>

/* More members than an archive or a document has. */
enum { PIL_UNPACK_MEMBERS_MAX = 10000 };

/* Appends the data of the entry at hand to out, which takes off *room what came: what may still be
 * unpacked of the whole. what names the whole, for messages. PIL_BAD_INPUT when it is damaged, or
 * when *room, or what one member may have, would be passed; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_unpack(struct archive *archive, pil_buffer *out, uint64_t *room,
                                    const char *what, pil_error *err);

/* A libarchive reader of bytes[0..length), which stay with the caller, with the filters gzip, xz,
 * zstd and bzip2; the caller enables formats, opens and frees it. NULL when memory ran out. */
struct archive *pil_unpack_new(void);

#endif
