/* What the readers share: an input as UTF-8, an article being read, blocks being collected. */
#ifndef INDEXER_READ_INTERNAL_H
#define INDEXER_READ_INTERNAL_H

#include "article.h"
#include "block_list.h"
#include "html_boilerplate.h"

#include "base/arena.h"
#include "base/buffer.h"

/* No title, author or the like is longer, in bytes: longer ones are cut. */
enum { PIL_METADATA_MAX_BYTES = 4096 };

/* --- read_input.c: bytes into text --- */

/* text[begin..length) is what there is to read: begin is behind a byte order mark. Points into
 * the bytes it was opened with unless they had to be decoded. */
typedef struct pil_read_input {
    const char *text;
    size_t length;
    size_t begin;
    size_t n_replaced; /* what U+FFFD stands for so far */
    pil_buffer owned;
} pil_read_input;

/* Looks at byte order marks, decodes UTF-16, refuses binary data. What else is not UTF-8 stays.
 * PIL_BAD_INPUT with a reason; PIL_NO_MEMORY. Dispose in either case. */
PIL_NODISCARD pil_status pil_read_input_open(pil_read_input *input, const char *bytes,
                                             size_t length, pil_error *err);
/* Replaces what is not UTF-8, and NULs, by U+FFFD. PIL_BAD_INPUT when that is most of the text;
 * PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_read_input_mend(pil_read_input *input, pil_error *err);
/* Makes UTF-8 of the named charset (an alias that ICU knows). False, changing nothing, when
 * there is no such charset, it is one that ASCII is not a part of, or memory ran out. */
bool pil_read_input_convert(pil_read_input *input, const char *charset);
void pil_read_input_dispose(pil_read_input *input);

/* --- read_article.c: one article after another --- */

typedef enum pil_read_field {
    PIL_FIELD_TITLE,
    PIL_FIELD_AUTHOR,
    PIL_FIELD_DATE,
    PIL_FIELD_LANGUAGE,
    PIL_FIELD_SOURCE,
    PIL_FIELD_URL,
    PIL_FIELDS
} pil_read_field;

typedef struct pil_reading {
    const pil_article_sink *sink;
    pil_read_options options;
    pil_paragraphs paragraphs;
    pil_buffer fields[PIL_FIELDS]; /* empty: not given */
    pil_buffer scratch;
    pil_block *blocks;
    size_t n_blocks, block_capacity;
    char language_given[64]; /* the last language that was looked up, and its code */
    char language_code[16];
} pil_reading;

/* options, which may be NULL, is copied; its strings are borrowed. */
void pil_reading_init(pil_reading *reading, const pil_article_sink *sink,
                      const pil_read_options *options);
void pil_reading_dispose(pil_reading *reading);

/* Tells the sink. line is 0 for the whole file. */
void pil_reading_note(const pil_reading *reading, uint32_t line, bool skipped, const char *format,
                      ...) PIL_PRINTF(4, 5);
/* Tells the sink that there may be more text, which OCR would read. */
void pil_reading_note_ocr(const pil_reading *reading, const char *format, ...) PIL_PRINTF(2, 3);
/* A note that n_replaced things in the whole file (line 0) or on a line are U+FFFD now; none when
 * there were none. */
void pil_reading_note_replaced(const pil_reading *reading, uint32_t line, size_t n_replaced);

/* Sets a field of the article to value[0..length), valid UTF-8, tidied: white space collapsed,
 * control characters dropped. An empty value changes nothing. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_reading_set(pil_reading *reading, pil_read_field field,
                                         const char *value, size_t length);
/* The same, behind what the field holds and a comma: authors. */
PIL_NODISCARD pil_status pil_reading_add(pil_reading *reading, pil_read_field field,
                                         const char *value, size_t length);
/* The field that is given under this name in front matter and JSON: "title", "lang"; PIL_FIELDS
 * for others. */
pil_read_field pil_read_field_of(const char *name);

/* Appends a block. Its text must stay until the article is handed out. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_reading_add_block(pil_reading *reading, const pil_block *block);

/* Hands the article to the sink, then empties it all for the next one. article has what is not a
 * field; its paragraphs are those of reading. What the sink returned; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_reading_deliver(pil_reading *reading, pil_article *article,
                                             pil_error *err);

/* Finishes the blocks and hands them out as the one article of bytes[0..length). As above. */
PIL_NODISCARD pil_status pil_reading_deliver_blocks(pil_reading *reading, pil_block_list *blocks,
                                                    const char *bytes, size_t length,
                                                    pil_error *err);

/* --- front_matter.c --- */

/* Reads the YAML between "---" lines at text[begin], if there is some, into the fields. *body is
 * where the text goes on, *body_line its line from 1. Front matter that is not valid YAML is
 * noted and left out. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_front_matter_read(pil_reading *reading, const char *text,
                                               size_t length, size_t begin, size_t *body,
                                               uint32_t *body_line, pil_error *err);

/* --- html_extract.c --- */

/* The text of HTML with its blocks, whose texts are its bytes: text is the blocks joined by empty
 * lines. */
typedef struct pil_html_extract {
    pil_buffer text;
    pil_block *blocks;
    pil_html_place *places; /* of the blocks */
    size_t n_blocks, capacity;
    uint32_t n_containers; /* named as menus are */
    size_t n_site_links;   /* that lead around on the site of the page */
    pil_buffer fields[PIL_FIELDS];
    int ranks[PIL_FIELDS]; /* how good the sources of the fields are: 1 is best, 0 none */
} pil_html_extract;

void pil_html_extract_init(pil_html_extract *extract);
void pil_html_extract_dispose(pil_html_extract *extract);
/* Adds what html[0..length), valid UTF-8, shows. Opens nothing and asks no network.
 * PIL_BAD_INPUT when it is too large for libxml2; PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_html_extract_run(pil_html_extract *extract, const char *html,
                                              size_t length, pil_error *err);
/* The charset that HTML declares in its first bytes, as it is written; false when it does not. */
bool pil_html_extract_charset(const char *html, size_t length, char charset[64]);

/* --- html_metadata.c --- */

/* Keeps what a <meta>, <link>, <html> or <time> element says, when it is better than what is
 * known. atts are libxml2's: names and values in turn, NULL at the end, or NULL. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_html_metadata_add(pil_html_extract *extract, const char *element,
                                               const char *const *atts);
/* Keeps a value of this rank. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_html_metadata_set(pil_html_extract *extract, pil_read_field field,
                                               int rank, const char *value, size_t length);

/* --- html_json_ld.c --- */

/* Keeps what schema.org's JSON-LD says of the page, when it is better than what is known. What is
 * no JSON, or says it of something else, is left out. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_html_json_ld_add(pil_html_extract *extract, const char *json,
                                              size_t length);

/* --- the readers: PIL_BAD_INPUT with a reason, PIL_NO_MEMORY, or what the sink returned --- */

PIL_NODISCARD pil_status pil_read_text(pil_reading *reading, const char *bytes, size_t length,
                                       pil_error *err);
PIL_NODISCARD pil_status pil_read_markdown(pil_reading *reading, const char *bytes, size_t length,
                                           pil_error *err);
PIL_NODISCARD pil_status pil_read_html(pil_reading *reading, const char *bytes, size_t length,
                                       pil_error *err);
PIL_NODISCARD pil_status pil_read_pdf(pil_reading *reading, const char *bytes, size_t length,
                                      pil_error *err);
PIL_NODISCARD pil_status pil_read_docx(pil_reading *reading, const char *bytes, size_t length,
                                       pil_error *err);
PIL_NODISCARD pil_status pil_read_odt(pil_reading *reading, const char *bytes, size_t length,
                                      pil_error *err);
PIL_NODISCARD pil_status pil_read_epub(pil_reading *reading, const char *bytes, size_t length,
                                       pil_error *err);
PIL_NODISCARD pil_status pil_read_mail(pil_reading *reading, const char *bytes, size_t length,
                                       pil_error *err);
PIL_NODISCARD pil_status pil_read_mhtml(pil_reading *reading, const char *bytes, size_t length,
                                        pil_error *err);
PIL_NODISCARD pil_status pil_read_mbox(pil_reading *reading, const char *bytes, size_t length,
                                       pil_error *err);
PIL_NODISCARD pil_status pil_read_warc(pil_reading *reading, const char *bytes, size_t length,
                                       pil_error *err);
PIL_NODISCARD pil_status pil_read_archive(pil_reading *reading, const char *bytes, size_t length,
                                          pil_error *err);
PIL_NODISCARD pil_status pil_read_compressed(pil_reading *reading, const char *bytes, size_t length,
                                             pil_error *err);
PIL_NODISCARD pil_status pil_read_csv(pil_reading *reading, const char *bytes, size_t length,
                                      pil_error *err);
PIL_NODISCARD pil_status pil_read_rtf(pil_reading *reading, const char *bytes, size_t length,
                                      pil_error *err);
PIL_NODISCARD pil_status pil_read_org(pil_reading *reading, const char *bytes, size_t length,
                                      pil_error *err);
PIL_NODISCARD pil_status pil_read_rst(pil_reading *reading, const char *bytes, size_t length,
                                      pil_error *err);
PIL_NODISCARD pil_status pil_read_tex(pil_reading *reading, const char *bytes, size_t length,
                                      pil_error *err);
PIL_NODISCARD pil_status pil_read_jsonl(pil_reading *reading, const char *bytes, size_t length,
                                        pil_error *err);

#endif
