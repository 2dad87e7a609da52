#include "read_internal.h"

typedef pil_status reader(pil_reading *reading, const char *bytes, size_t length, pil_error *err);

static reader *const readers[PIL_FORMATS] = {
    [PIL_FORMAT_MARKDOWN] = pil_read_markdown,
    [PIL_FORMAT_HTML] = pil_read_html,
    [PIL_FORMAT_CSV] = pil_read_csv,
    [PIL_FORMAT_ORG] = pil_read_org,
    [PIL_FORMAT_RST] = pil_read_rst,
    [PIL_FORMAT_TEX] = pil_read_tex,
    [PIL_FORMAT_PDF] = pil_read_pdf,
    [PIL_FORMAT_DOCX] = pil_read_docx,
    [PIL_FORMAT_ODT] = pil_read_odt,
    [PIL_FORMAT_EPUB] = pil_read_epub,
    [PIL_FORMAT_RTF] = pil_read_rtf,
    [PIL_FORMAT_MAIL] = pil_read_mail,
    [PIL_FORMAT_MBOX] = pil_read_mbox,
    [PIL_FORMAT_MHTML] = pil_read_mhtml,
    [PIL_FORMAT_WARC] = pil_read_warc,
    [PIL_FORMAT_ARCHIVE] = pil_read_archive,
    [PIL_FORMAT_COMPRESSED] = pil_read_compressed,
};

pil_status pil_read_articles(pil_format format, const char *bytes, size_t length,
                             const pil_read_options *options, const pil_article_sink *sink,
                             pil_error *err)
{
    if (readers[format] == NULL)
        return pil_read_plain(format, bytes, length, options, sink, err);
    pil_reading reading;
    pil_reading_init(&reading, sink, options);
    pil_status status = readers[format](&reading, bytes, length, err);
    pil_reading_dispose(&reading);
    return status;
}
