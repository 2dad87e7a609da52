#include "read_internal.h"

pil_status pil_read_text(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    pil_read_input input;
    size_t body = 0;
    uint32_t body_line = 1;
    pil_status status = pil_read_input_open(&input, bytes, length, err);
    if (status == PIL_OK)
        status = pil_read_input_mend(&input, err);
    if (status == PIL_OK)
        status = pil_front_matter_read(reading, input.text, input.length, input.begin, &body,
                                       &body_line, err);
    if (status == PIL_OK)
        status = pil_paragraphs_from_text(&reading->paragraphs, input.text + body,
                                          input.length - body, body, body_line, err);
    if (status == PIL_OK) {
        pil_reading_note_replaced(reading, 0, input.n_replaced);
        pil_article article = {.record_line = 1, .raw = bytes, .raw_bytes = length};
        status = pil_reading_deliver(reading, &article, err);
    }
    pil_read_input_dispose(&input);
    return status;
}
