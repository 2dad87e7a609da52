/* Rich Text Format 1.9.1 by Microsoft, as far as its text goes: paragraphs, headings, table rows.
 */
#ifndef INDEXER_RTF_TEXT_H
#define INDEXER_RTF_TEXT_H

#include "block_list.h"
#include "read_internal.h"

/* Appends the text of rtf[0..length) to blocks, and sets what its information says in reading.
 * PIL_BAD_INPUT when it is no RTF; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_rtf_read(pil_reading *reading, const char *rtf, size_t length,
                                      pil_block_list *blocks, pil_error *err);

#endif
