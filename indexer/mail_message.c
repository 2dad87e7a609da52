#include "mail_message.h"

#include "mail_quotes.h"
#include "read_member.h"

#include "base/utf8.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { PARTS_DEPTH_MAX = 32 };

/* A message while its parts are gone through. */
typedef struct message_reading {
    pil_reading *reading;
    bool is_page;
    pil_buffer plain; /* the texts of its plain parts */
    pil_html_extract html;
    bool has_html;
    GPtrArray *attachments; /* GMimePart, borrowed from the message */
    GHashTable *names;      /* of attachments so far, each with its number of times */
} message_reading;

/* ---- headers ---- */

static pil_status set_field(pil_reading *reading, pil_read_field field, const char *value,
                            bool adds)
{
    pil_buffer text;
    if (value == NULL)
        return PIL_OK;
    pil_buffer_init(&text, SIZE_MAX - 1);
    pil_status status = pil_utf8_repair(value, strlen(value), &text, NULL);
    if (status == PIL_OK)
        status = adds ? pil_reading_add(reading, field, text.bytes, text.length)
                      : pil_reading_set(reading, field, text.bytes, text.length);
    pil_buffer_dispose(&text);
    return status;
}

/* Names, or addresses of those who give none. */
static pil_status read_authors(pil_reading *reading, InternetAddressList *from)
{
    pil_status status = PIL_OK;
    int n = from == NULL ? 0 : internet_address_list_length(from);
    for (int i = 0; i < n && i < 100 && status == PIL_OK; i++) {
        InternetAddress *address = internet_address_list_get_address(from, i);
        const char *name = internet_address_get_name(address);
        if ((name == NULL || name[0] == '\0') && INTERNET_ADDRESS_IS_MAILBOX(address))
            name = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address));
        status = set_field(reading, PIL_FIELD_AUTHOR, name, true);
    }
    return status;
}

/* The name of the mailing list, as in "Talk on bridges <talk.example.org>". */
static pil_status read_list(pil_reading *reading, GMimeMessage *message)
{
    const char *list = g_mime_object_get_header(GMIME_OBJECT(message), "List-Id");
    if (list == NULL)
        return PIL_OK;
    char *decoded = g_mime_utils_header_decode_text(NULL, list);
    char *bracket = strchr(decoded, '<');
    char *name = decoded;
    if (bracket == decoded) {
        name = decoded + 1;
        name[strcspn(name, ">")] = '\0';
    } else if (bracket != NULL) {
        *bracket = '\0';
    }
    g_strstrip(name);
    size_t length = strlen(name);
    if (length >= 2 && name[0] == '"' && name[length - 1] == '"') {
        name[length - 1] = '\0';
        name++;
    }
    pil_status status = set_field(reading, PIL_FIELD_SOURCE, name, false);
    g_free(decoded);
    return status;
}

/* The date of a saved page is that of its saving, not of the page. */
static pil_status read_headers(pil_reading *reading, GMimeMessage *message, bool is_page)
{
    pil_status status =
        set_field(reading, PIL_FIELD_TITLE, g_mime_message_get_subject(message), false);
    if (status == PIL_OK)
        status = read_authors(reading, g_mime_message_get_from(message));
    GDateTime *date = is_page ? NULL : g_mime_message_get_date(message);
    char *written = date == NULL ? NULL : g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z");
    if (status == PIL_OK && written != NULL)
        status = set_field(reading, PIL_FIELD_DATE, written, false);
    g_free(written);
    if (status == PIL_OK)
        status = read_list(reading, message);
    const char *language = g_mime_object_get_header(GMIME_OBJECT(message), "Content-Language");
    return status == PIL_OK ? set_field(reading, PIL_FIELD_LANGUAGE, language, false) : status;
}

/* ---- parts ---- */

/* The text of a part in UTF-8, whatever its charset and encoding. */
static pil_status text_of(GMimeTextPart *part, pil_buffer *out)
{
    char *text = g_mime_text_part_get_text(part);
    pil_status status = text == NULL ? PIL_OK : pil_utf8_repair(text, strlen(text), out, NULL);
    g_free(text);
    return status;
}

static pil_status take_html(message_reading *run, GMimeTextPart *part, pil_error *err)
{
    pil_buffer html;
    pil_buffer_init(&html, SIZE_MAX - 1);
    pil_status status = text_of(part, &html);
    run->has_html = true;
    status = status == PIL_OK ? pil_html_extract_run(&run->html, html.bytes, html.length, err)
                              : pil_error_no_memory(err);
    pil_buffer_dispose(&html);
    return status;
}

static pil_status take_plain(message_reading *run, GMimeTextPart *part, pil_error *err)
{
    pil_buffer text;
    pil_buffer_init(&text, SIZE_MAX - 1);
    pil_status status = text_of(part, &text);
    if (status == PIL_OK)
        status = pil_mail_drop_quotes(text.bytes, text.length, &run->plain);
    if (status == PIL_OK)
        status = pil_buffer_append_byte(&run->plain, '\n');
    pil_buffer_dispose(&text);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

static pil_status take_part(message_reading *run, GMimeObject *part, int depth, pil_error *err);

static bool is_of_type(GMimeObject *part, const char *type, const char *subtype)
{
    GMimeContentType *of = g_mime_object_get_content_type(part);
    return of != NULL && g_mime_content_type_is_type(of, type, subtype);
}

/* Of several forms of the same text the plain one, or else the last, which is the fullest. */
static pil_status take_alternative(message_reading *run, GMimeMultipart *parts, int depth,
                                   pil_error *err)
{
    int n = g_mime_multipart_get_count(parts);
    if (n == 0)
        return PIL_OK;
    GMimeObject *best = g_mime_multipart_get_part(parts, n - 1);
    for (int i = 0; i < n; i++) {
        GMimeObject *part = g_mime_multipart_get_part(parts, i);
        if (is_of_type(part, "text", "plain")) {
            best = part;
            break;
        }
    }
    return take_part(run, best, depth + 1, err);
}

static pil_status take_multipart(message_reading *run, GMimeMultipart *parts, int depth,
                                 pil_error *err)
{
    GMimeObject *whole = GMIME_OBJECT(parts);
    if (is_of_type(whole, "multipart", "alternative"))
        return take_alternative(run, parts, depth, err);
    int n = g_mime_multipart_get_count(parts);
    /* What belongs to the first part, as the pictures of a page do. */
    bool is_related = is_of_type(whole, "multipart", "related");
    pil_status status = PIL_OK;
    for (int i = 0; i < n && i < (is_related ? 1 : 1000) && status == PIL_OK; i++)
        status = take_part(run, g_mime_multipart_get_part(parts, i), depth + 1, err);
    return status;
}

static pil_status take_part(message_reading *run, GMimeObject *part, int depth, pil_error *err)
{
    if (part == NULL || depth > PARTS_DEPTH_MAX)
        return PIL_OK;
    if (GMIME_IS_MULTIPART(part))
        return take_multipart(run, GMIME_MULTIPART(part), depth, err);
    if (GMIME_IS_MESSAGE_PART(part)) {
        GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
        return message == NULL
                   ? PIL_OK
                   : take_part(run, g_mime_message_get_mime_part(message), depth + 1, err);
    }
    bool is_attached = GMIME_IS_PART(part) && g_mime_part_is_attachment(GMIME_PART(part));
    if (GMIME_IS_TEXT_PART(part) && !is_attached) {
        GMimeTextPart *text = GMIME_TEXT_PART(part);
        if (is_of_type(part, "text", "html"))
            return take_html(run, text, err);
        return is_of_type(part, "text", "plain") ? take_plain(run, text, err) : PIL_OK;
    }
    if (GMIME_IS_PART(part) && g_mime_part_get_filename(GMIME_PART(part)) != NULL)
        g_ptr_array_add(run->attachments, part);
    return PIL_OK;
}

/* ---- attachments ---- */

/* What an attachment is known by, to be freed: "annex.pdf", the next of this name "2/annex.pdf",
 * behind the id of a message in a mailbox. */
static char *name_attachment(message_reading *run, const char *file_name, const char *record_id)
{
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(run->names, file_name)) + 1;
    char number[16] = "";
    g_hash_table_replace(run->names, g_strdup(file_name), GUINT_TO_POINTER(n));
    if (n > 1)
        snprintf(number, sizeof number, "%u/", n);
    return g_strdup_printf("%s%s%s%s", record_id == NULL ? "" : record_id,
                           record_id == NULL ? "" : "/", number, file_name);
}

static pil_status read_attachment(message_reading *run, GMimePart *part, const char *record_id,
                                  pil_error *err)
{
    const char *file_name = g_mime_part_get_filename(part);
    pil_format format = pil_format_of_name(file_name);
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    if (format == PIL_FORMAT_NONE || content == NULL)
        return PIL_OK;
    char *name = name_attachment(run, file_name, record_id);
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    g_mime_data_wrapper_write_to_stream(content, stream);
    pil_status status = pil_read_member(run->reading, format, name, NULL,
                                        bytes->len == 0 ? "" : (const char *)bytes->data,
                                        bytes->len, run->reading->options.unpack_room, err);
    g_object_unref(stream);
    g_byte_array_free(bytes, TRUE);
    g_free(name);
    return status;
}

/* ---- the message ---- */

static GMimeMessage *parse(const char *bytes, size_t length)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

/* A web page tells more of itself than the message that it was saved as. */
static pil_status take_html_fields(message_reading *run)
{
    pil_status status = PIL_OK;
    for (int field = 0; field < PIL_FIELDS && status == PIL_OK; field++)
        status = pil_reading_set(run->reading, (pil_read_field)field, run->html.fields[field].bytes,
                                 run->html.fields[field].length);
    return status;
}

static pil_status make_paragraphs(message_reading *run, pil_error *err)
{
    pil_paragraphs *paragraphs = &run->reading->paragraphs;
    pil_status status = PIL_OK;
    if (run->plain.length > 0)
        status =
            pil_paragraphs_from_text(paragraphs, run->plain.bytes, run->plain.length, 0, 1, err);
    if (status == PIL_OK && run->has_html &&
        (run->is_page ? pil_html_drop_boilerplate(&run->html)
                      : pil_mail_drop_quoted_blocks(&run->html)) != PIL_OK)
        status = pil_error_no_memory(err);
    if (status == PIL_OK && run->has_html)
        status = pil_paragraphs_from_blocks(paragraphs, run->html.blocks, run->html.n_blocks, err);
    /* A mail's title is its subject; a heading of its text is none. */
    paragraphs->title = "";
    return status;
}

static pil_status deliver(message_reading *run, const char *bytes, size_t length,
                          const char *record_id, uint32_t line, pil_error *err)
{
    pil_status status = make_paragraphs(run, err);
    pil_paragraphs *paragraphs = &run->reading->paragraphs;
    /* Lines of its decoded text are in no file: all have that of the message. */
    for (size_t i = 0; i < paragraphs->n_items; i++)
        paragraphs->items[i].line = line;
    pil_article article = {
        .record_id = record_id, .record_line = line, .raw = bytes, .raw_bytes = length};
    return status == PIL_OK ? pil_reading_deliver(run->reading, &article, err) : status;
}

static pil_status read_parts(message_reading *run, GMimeMessage *message, const char *bytes,
                             size_t length, const char *record_id, uint32_t line, pil_error *err)
{
    pil_status status = take_part(run, g_mime_message_get_mime_part(message), 0, err);
    if (status != PIL_OK)
        return status;
    if (read_headers(run->reading, message, run->is_page) != PIL_OK)
        return pil_error_no_memory(err);
    const char *page = g_mime_object_get_header(GMIME_OBJECT(message), "Snapshot-Content-Location");
    if (set_field(run->reading, PIL_FIELD_URL, page, false) != PIL_OK ||
        (run->is_page && take_html_fields(run) != PIL_OK))
        return pil_error_no_memory(err);
    status = deliver(run, bytes, length, record_id, line, err);
    for (guint i = 0; i < run->attachments->len && status == PIL_OK; i++)
        status = read_attachment(run, run->attachments->pdata[i], record_id, err);
    return status;
}

pil_status pil_mail_read_message(pil_reading *reading, const char *bytes, size_t length,
                                 const char *record_id, uint32_t line, bool is_page, pil_error *err)
{
    g_mime_init();
    GMimeMessage *message = length == 0 ? NULL : parse(bytes, length);
    if (message == NULL)
        return pil_error_set(err, PIL_BAD_INPUT, "not a message of mail: it has no headers");
    message_reading run = {.reading = reading,
                           .is_page = is_page,
                           .attachments = g_ptr_array_new(),
                           .names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    pil_buffer_init(&run.plain, SIZE_MAX - 1);
    pil_html_extract_init(&run.html);
    pil_status status = read_parts(&run, message, bytes, length, record_id, line, err);
    pil_html_extract_dispose(&run.html);
    pil_buffer_dispose(&run.plain);
    g_ptr_array_free(run.attachments, TRUE);
    g_hash_table_destroy(run.names);
    g_object_unref(message);
    return status;
}

void pil_mail_message_id(const char *bytes, size_t length, char id[256])
{
    static const char name[] = "Message-ID:";
    const size_t name_length = sizeof name - 1;
    id[0] = '\0';
    /* The headers end at an empty line; names have any case. */
    for (size_t at = 0; at + name_length < length; at++) {
        if (at > 0 && bytes[at - 1] != '\n')
            continue;
        if (bytes[at] == '\n' || (bytes[at] == '\r' && bytes[at + 1] == '\n'))
            return;
        if (strncasecmp(bytes + at, name, name_length) != 0)
            continue;
        const char *begin = bytes + at + name_length, *end = bytes + length;
        while (begin < end && (*begin == ' ' || *begin == '\t' || *begin == '<'))
            begin++;
        size_t n = 0;
        while (begin + n < end && n < 255 && begin[n] > ' ' && begin[n] < 0x7F && begin[n] != '>')
            n++;
        memcpy(id, begin, n);
        id[n] = '\0';
        return;
    }
}
