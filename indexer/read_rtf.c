#include "rtf_text.h"

pil_status pil_read_rtf(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    pil_block_list blocks;
    pil_block_list_init(&blocks);
    pil_status status = pil_rtf_read(reading, bytes, length, &blocks, err);
    if (status == PIL_OK)
        status = pil_reading_deliver_blocks(reading, &blocks, bytes, length, err);
    pil_block_list_dispose(&blocks);
    return status;
}
