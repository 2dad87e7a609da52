/* What a mail quotes of others: their words are indexed in their own mails. */
#ifndef INDEXER_MAIL_QUOTES_H
#define INDEXER_MAIL_QUOTES_H

#include "base/buffer.h"
#include "base/error.h"
#include "read_internal.h"

#include <stddef.h>

/* Appends text[0..length), the plain text of a mail, to out without quoted lines ("> ..."), the
 * line that introduces them ("On Monday A wrote:"), what follows "-----Original Message-----", and
 * the signature behind "-- ". Lines are LF or CR LF. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_mail_drop_quotes(const char *text, size_t length, pil_buffer *out);

/* The same of a mail in HTML: takes out what its program marks as a quotation or signature, the
 * line that introduces it, and what follows a line "--", "-----Original Message-----" or the copied
 * head of another mail ("From: ...", "Sent: ..."). PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_mail_drop_quoted_blocks(pil_html_extract *html);

#endif
