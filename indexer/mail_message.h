/* One message of mail, by GMime: RFC 5322 and MIME. */
#ifndef INDEXER_MAIL_MESSAGE_H
#define INDEXER_MAIL_MESSAGE_H

#include "read_internal.h"

#include <stdbool.h>

/* Reads bytes[0..length) and hands it out as one article, known by record_id (NULL: the one of its
 * file) and line, then its attachments that have a format. is_page: it is a saved web page, whose
 * own metadata count. PIL_BAD_INPUT when it is no message;
 * PIL_NO_MEMORY; what the sink returned. */
PIL_NODISCARD pil_status pil_mail_read_message(pil_reading *reading, const char *bytes,
                                               size_t length, const char *record_id, uint32_t line,
                                               bool is_page, pil_error *err);

/* The Message-ID of bytes[0..length), without its brackets, when it can be an id; else "". */
void pil_mail_message_id(const char *bytes, size_t length, char id[256]);

#endif
