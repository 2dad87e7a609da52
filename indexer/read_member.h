/* What is in something else: the members of archives, the attachments of mail, web pages in their
 * archives. */
#ifndef INDEXER_READ_MEMBER_H
#define INDEXER_READ_MEMBER_H

#include "read_internal.h"

/* Reads bytes[0..length), which outer's bytes hold under this name, and hands what is in it to
 * outer's sink: its articles are known by the name, and by what they are known by in it. name may
 * be any bytes. Trouble with it is a note, and PIL_OK. url is for articles that say none, or NULL.
 * PIL_NO_MEMORY; what the sink returned. */
PIL_NODISCARD pil_status pil_read_member(const pil_reading *outer, pil_format format,
                                         const char *name, const char *url, const char *bytes,
                                         size_t length, uint64_t *unpack_room, pil_error *err);

/* Notes that the member of that name is skipped, and why. */
void pil_read_member_skipped(const pil_reading *outer, const char *name, const char *why);

#endif
