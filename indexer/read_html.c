#include "read_internal.h"

#include "base/utf8.h"

#include <strings.h>

/* Makes input UTF-8: it is, or it says what it is, or it is windows-1252, as what says nothing
 * mostly is. */
static pil_status decode(pil_read_input *input, pil_error *err)
{
    char charset[64];
    if (pil_utf8_is_valid(input->text, input->length))
        return pil_read_input_mend(input, err);
    if (!pil_html_extract_charset(input->text + input->begin, input->length - input->begin,
                                  charset))
        pil_read_input_convert(input, "windows-1252");
    /* Browsers read Latin-1 as windows-1252 too: it is that with more characters. */
    else if (strcasecmp(charset, "iso-8859-1") == 0 || strcasecmp(charset, "latin1") == 0)
        pil_read_input_convert(input, "windows-1252");
    else if (strcasecmp(charset, "utf-8") != 0 && strcasecmp(charset, "utf8") != 0)
        pil_read_input_convert(input, charset);
    return pil_read_input_mend(input, err);
}

pil_status pil_read_html(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    pil_read_input input;
    pil_html_extract extract;
    pil_html_extract_init(&extract);
    pil_status status = pil_read_input_open(&input, bytes, length, err);
    if (status == PIL_OK)
        status = decode(&input, err);
    if (status == PIL_OK)
        status = pil_html_extract_run(&extract, input.text + input.begin,
                                      input.length - input.begin, err);
    if (status == PIL_OK && pil_html_drop_boilerplate(&extract) != PIL_OK)
        status = pil_error_no_memory(err);
    for (int field = 0; field < PIL_FIELDS && status == PIL_OK; field++) {
        status = pil_reading_set(reading, (pil_read_field)field, extract.fields[field].bytes,
                                 extract.fields[field].length);
        if (status != PIL_OK)
            pil_error_no_memory(err);
    }
    if (status == PIL_OK)
        status =
            pil_paragraphs_from_blocks(&reading->paragraphs, extract.blocks, extract.n_blocks, err);
    if (status == PIL_OK) {
        pil_reading_note_replaced(reading, 0, input.n_replaced);
        pil_article article = {.record_line = 1, .raw = bytes, .raw_bytes = length};
        status = pil_reading_deliver(reading, &article, err);
    }
    pil_html_extract_dispose(&extract);
    pil_read_input_dispose(&input);
    return status;
}
