/* What comes out of the cage: articles as they went in, and nothing that is none. */
#include "indexer/cage_wire.h"

#include "base/hash.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const pil_paragraph paragraphs[] = {
    {.text = "One.", .length_bytes = 4, .end_byte = 4, .line = 1, .page = 2, .heading = "H"},
    {.text = "Two", .length_bytes = 3, .begin_byte = 6, .end_byte = 9, .line = 3, .heading = "H"},
};

/* A frame with an article of two paragraphs. */
static void make_frame(pil_buffer *frame)
{
    pil_paragraph items[2];
    memcpy(items, paragraphs, sizeof items);
    items[1].heading = items[0].heading;
    const pil_paragraphs both = {.items = items, .n_items = 2};
    const pil_article article = {.record_id = "b.jsonl#7",
                                 .member_bytes = strlen("b.jsonl"),
                                 .record_line = 5,
                                 .title = "T",
                                 .url = "",
                                 .raw = "bytes",
                                 .raw_bytes = 5,
                                 .paragraphs = &both};
    pil_buffer_init(frame, 1 << 20);
    cr_assert_eq(pil_wire_put_article(frame, &article), PIL_OK);
    cr_assert_eq(frame->bytes[0], PIL_WIRE_ARTICLE);
    cr_assert_eq(pil_wire_body_length(frame->bytes), frame->length - PIL_WIRE_HEAD_BYTES);
}

/* Whether body[0..length) is taken for an article. */
static bool is_taken(const char *body, size_t length)
{
    pil_arena arena = {0};
    pil_paragraphs read = {0};
    pil_article article;
    /* In memory of just that length, so that a sanitizer sees reading behind it. */
    char *copy = malloc(length + 1);
    cr_assert_not_null(copy);
    memcpy(copy, body, length);
    copy = realloc(copy, length == 0 ? 1 : length);
    bool ok = pil_wire_get_article(copy, length, &arena, &read, &article);
    free(copy);
    pil_paragraphs_dispose(&read);
    pil_arena_dispose(&arena);
    return ok;
}

Test(cage_wire, an_article_comes_out_as_it_went_in)
{
    pil_buffer frame;
    make_frame(&frame);
    pil_arena arena = {0};
    pil_paragraphs read = {0};
    pil_article got;
    cr_assert(pil_wire_get_article(frame.bytes + PIL_WIRE_HEAD_BYTES,
                                   frame.length - PIL_WIRE_HEAD_BYTES, &arena, &read, &got));
    cr_expect_str_eq(got.record_id, "b.jsonl#7");
    cr_expect_eq(got.member_bytes, strlen("b.jsonl"));
    cr_expect_eq(got.record_line, 5);
    cr_expect_str_eq(got.title, "T");
    cr_expect_str_eq(got.url, "");
    cr_expect_null(got.author);
    cr_expect_eq(got.raw_bytes, PIL_DIGEST_LENGTH);
    cr_expect_eq(memcmp(got.raw, pil_digest_of("bytes", 5).hex, PIL_DIGEST_LENGTH), 0);
    cr_assert_eq(read.n_items, 2);
    for (size_t i = 0; i < 2; i++) {
        cr_expect_str_eq(read.items[i].text, paragraphs[i].text);
        cr_expect_eq(read.items[i].length_bytes, paragraphs[i].length_bytes);
        cr_expect_eq(read.items[i].begin_byte, paragraphs[i].begin_byte);
        cr_expect_eq(read.items[i].end_byte, paragraphs[i].end_byte);
        cr_expect_eq(read.items[i].line, paragraphs[i].line);
        cr_expect_eq(read.items[i].page, paragraphs[i].page);
        cr_expect_str_eq(read.items[i].heading, "H");
    }
    pil_paragraphs_dispose(&read);
    pil_arena_dispose(&arena);
    pil_buffer_dispose(&frame);
}

Test(cage_wire, an_article_that_is_cut_anywhere_is_refused)
{
    pil_buffer frame;
    make_frame(&frame);
    const char *body = frame.bytes + PIL_WIRE_HEAD_BYTES;
    size_t length = frame.length - PIL_WIRE_HEAD_BYTES;
    cr_expect(is_taken(body, length));
    for (size_t n = 0; n < length; n++)
        cr_expect_not(is_taken(body, n), "the first %zu bytes of %zu", n, length);
    cr_assert_eq(pil_buffer_append_byte(&frame, 'x'), PIL_OK);
    cr_expect_not(is_taken(frame.bytes + PIL_WIRE_HEAD_BYTES, length + 1));
    pil_buffer_dispose(&frame);
}

Test(cage_wire, no_byte_makes_it_read_too_far_and_bad_text_is_refused)
{
    pil_buffer frame;
    make_frame(&frame);
    char *body = frame.bytes + PIL_WIRE_HEAD_BYTES;
    size_t length = frame.length - PIL_WIRE_HEAD_BYTES;
    for (size_t at = 0; at < length; at++) {
        char before = body[at];
        for (int value = 0; value < 256; value += 15) {
            body[at] = (char)value;
            (void)is_taken(body, length);
        }
        body[at] = before;
    }
    char *text = memchr(body, 'O', length);
    cr_assert_not_null(text);
    *text = '\0';
    cr_expect_not(is_taken(body, length), "a NUL");
    *text = '\xFF';
    cr_expect_not(is_taken(body, length), "not UTF-8");
    pil_buffer_dispose(&frame);
}

Test(cage_wire, a_member_whose_name_is_longer_than_the_id_is_refused)
{
    const pil_paragraphs none = {0};
    pil_article article = {
        .record_id = "a", .member_bytes = 1, .record_line = 1, .raw = "", .paragraphs = &none};
    for (; article.member_bytes <= 2; article.member_bytes++) {
        pil_buffer frame;
        pil_buffer_init(&frame, 1 << 20);
        cr_assert_eq(pil_wire_put_article(&frame, &article), PIL_OK);
        cr_expect_eq(
            is_taken(frame.bytes + PIL_WIRE_HEAD_BYTES, frame.length - PIL_WIRE_HEAD_BYTES),
            article.member_bytes == 1);
        pil_buffer_dispose(&frame);
    }
}

Test(cage_wire, the_other_frames_come_out_as_they_went_in)
{
    pil_buffer frame;
    pil_buffer_init(&frame, 1 << 20);
    pil_arena arena = {0};
    const char *body;
    cr_assert_eq(pil_wire_put_hello(&frame, &(pil_wire_hello){7, true}), PIL_OK);
    pil_wire_hello hello;
    cr_assert(pil_wire_get_hello(frame.bytes + PIL_WIRE_HEAD_BYTES,
                                 frame.length - PIL_WIRE_HEAD_BYTES, &hello));
    cr_expect_eq(hello.landlock_abi, 7);
    cr_expect(hello.has_seccomp);

    pil_buffer_clear(&frame);
    const pil_wire_request asked = {.format = PIL_FORMAT_HTML,
                                    .n_bytes = UINT64_C(1) << 40,
                                    .file_name = "\xFF.html",
                                    .ocr_language = "de"};
    cr_assert_eq(pil_wire_put_request(&frame, &asked), PIL_OK);
    pil_wire_request request;
    body = frame.bytes + PIL_WIRE_HEAD_BYTES;
    cr_assert(pil_wire_get_request(body, frame.length - PIL_WIRE_HEAD_BYTES, &arena, &request));
    cr_expect_eq(request.format, PIL_FORMAT_HTML);
    cr_expect_eq(request.n_bytes, UINT64_C(1) << 40);
    cr_expect_str_eq(request.file_name, "\xFF.html");
    cr_expect_null(request.text_column);
    cr_expect_str_eq(request.ocr_language, "de");

    pil_buffer_clear(&frame);
    cr_assert_eq(pil_wire_put_note(&frame, &(pil_read_note){3, true, false, "m"}), PIL_OK);
    pil_read_note note;
    body = frame.bytes + PIL_WIRE_HEAD_BYTES;
    cr_assert(pil_wire_get_note(body, frame.length - PIL_WIRE_HEAD_BYTES, &arena, &note));
    cr_expect_eq(note.line, 3);
    cr_expect(note.skipped);
    cr_expect_not(note.wants_ocr);
    cr_expect_str_eq(note.message, "m");

    pil_buffer_clear(&frame);
    cr_assert_eq(pil_wire_put_end(&frame, &(pil_wire_end){PIL_BAD_INPUT, "why\xFF"}), PIL_OK);
    pil_wire_end end;
    body = frame.bytes + PIL_WIRE_HEAD_BYTES;
    cr_assert(pil_wire_get_end(body, frame.length - PIL_WIRE_HEAD_BYTES, &arena, &end));
    cr_expect_eq(end.status, PIL_BAD_INPUT);
    cr_expect_str_eq(end.message, "why\xEF\xBF\xBD", "what is not UTF-8 is mended");
    pil_arena_dispose(&arena);
    pil_buffer_dispose(&frame);
}
