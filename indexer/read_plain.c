#include "read_internal.h"

pil_status pil_read_plain(pil_format format, const char *bytes, size_t length,
                          const pil_read_options *options, const pil_article_sink *sink,
                          pil_error *err)
{
    if (format != PIL_FORMAT_TEXT && format != PIL_FORMAT_JSONL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "there is no reader for this format");
    pil_reading reading;
    pil_reading_init(&reading, sink, options);
    if (format == PIL_FORMAT_JSONL)
        reading.options.file_name = NULL; /* it is that of many articles */
    pil_status status = format == PIL_FORMAT_TEXT ? pil_read_text(&reading, bytes, length, err)
                                                  : pil_read_jsonl(&reading, bytes, length, err);
    pil_reading_dispose(&reading);
    return status;
}
