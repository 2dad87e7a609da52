#include "read_internal.h"

#include "base/utf8.h"

#include <limits.h>
#include <string.h>
#include <unicode/ucnv.h>

/* How far binary data is looked for. */
enum { LOOKED_AT_BYTES = 8192, CONVERTED_BYTES = 65536 };
/* Less than ENOUGH replacements say nothing about the whole. */
enum { ENOUGH = 64 };

static bool begins_with(const char *bytes, size_t length, const char *mark, size_t mark_length)
{
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

/* Control characters that no text has, in more than one of twenty bytes. */
static bool is_mostly_control(const char *bytes, size_t length)
{
    size_t n_control = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        n_control += (byte < '\b' || (byte > '\r' && byte < ' ' && byte != 0x1A && byte != 0x1B));
    }
    return n_control * 20 > length && n_control >= 8;
}

pil_status pil_read_input_open(pil_read_input *input, const char *bytes, size_t length,
                               pil_error *err)
{
    *input = (pil_read_input){.text = bytes, .length = length};
    pil_buffer_init(&input->owned, SIZE_MAX - 1);
    if (begins_with(bytes, length, "\xFF\xFE\0\0", 4) ||
        begins_with(bytes, length, "\0\0\xFE\xFF", 4))
        return pil_error_set(err, PIL_BAD_INPUT,
                             "UTF-32 is not read: convert it with iconv -f UTF-32 -t UTF-8");
    bool is_little = begins_with(bytes, length, "\xFF\xFE", 2);
    if (is_little || begins_with(bytes, length, "\xFE\xFF", 2)) {
        pil_status status = pil_utf8_from_utf16(bytes + 2, length - 2, !is_little, &input->owned,
                                                &input->n_replaced);
        if (status != PIL_OK)
            return pil_error_no_memory(err);
        input->text = input->owned.bytes;
        input->length = input->owned.length;
        return PIL_OK;
    }
    size_t looked_at = length < LOOKED_AT_BYTES ? length : LOOKED_AT_BYTES;
    if (looked_at > 0 && memchr(bytes, '\0', looked_at) != NULL)
        return pil_error_set(err, PIL_BAD_INPUT, "binary data (NUL bytes): not text");
    if (begins_with(bytes, length, "%PDF-", 5))
        return pil_error_set(err, PIL_BAD_INPUT, "a PDF document: not text");
    if (is_mostly_control(bytes, looked_at))
        return pil_error_set(err, PIL_BAD_INPUT, "binary data (control characters): not text");
    if (begins_with(bytes, length, "\xEF\xBB\xBF", 3))
        input->begin = 3;
    return PIL_OK;
}

pil_status pil_read_input_mend(pil_read_input *input, pil_error *err)
{
    if (pil_utf8_is_valid(input->text, input->length) &&
        (input->length == 0 || memchr(input->text, '\0', input->length) == NULL))
        return PIL_OK;
    pil_buffer mended;
    pil_buffer_init(&mended, SIZE_MAX - 1);
    size_t n_replaced = 0;
    if (pil_utf8_repair(input->text, input->length, &mended, &n_replaced) != PIL_OK) {
        pil_buffer_dispose(&mended);
        return pil_error_no_memory(err);
    }
    pil_buffer_dispose(&input->owned);
    input->owned = mended;
    if (n_replaced >= ENOUGH && n_replaced > input->length / 10 * 3)
        return pil_error_set(err, PIL_BAD_INPUT,
                             "not UTF-8 (%zu of its %zu bytes are not): convert it, for example "
                             "with iconv -f WINDOWS-1251 -t UTF-8",
                             n_replaced, input->length);
    input->n_replaced += n_replaced;
    input->text = mended.bytes;
    input->length = mended.length;
    return PIL_OK;
}

/* ICU takes lengths of int32_t: the text goes through in pieces. */
static bool convert_pieces(UConverter *from, UConverter *to, const char *text, size_t length,
                           pil_buffer *out)
{
    UErrorCode failure = U_ZERO_ERROR;
    UChar pivot[1024];
    UChar *pivot_source = pivot, *pivot_target = pivot;
    const char *source = text;
    bool is_first = true;
    do {
        if (pil_buffer_reserve(out, CONVERTED_BYTES) != PIL_OK)
            return false;
        char *target = out->bytes + out->length;
        failure = U_ZERO_ERROR;
        ucnv_convertEx(to, from, &target, target + CONVERTED_BYTES, &source, text + length, pivot,
                       &pivot_source, &pivot_target, pivot + 1024, is_first, true, &failure);
        is_first = false;
        pil_buffer_set_length(out, (size_t)(target - out->bytes));
    } while (failure == U_BUFFER_OVERFLOW_ERROR);
    return U_SUCCESS(failure);
}

/* An "A" in ASCII, which every charset that HTML can declare in itself has. */
static bool has_ascii(UConverter *from)
{
    UErrorCode failure = U_ZERO_ERROR;
    UChar letters[4];
    int32_t n = ucnv_toUChars(from, letters, 4, "A", 1, &failure);
    return U_SUCCESS(failure) && n == 1 && letters[0] == 'A';
}

bool pil_read_input_convert(pil_read_input *input, const char *charset)
{
    UErrorCode failure = U_ZERO_ERROR;
    UConverter *from = ucnv_open(charset, &failure);
    UConverter *to = ucnv_open("UTF-8", &failure);
    pil_buffer converted;
    pil_buffer_init(&converted, SIZE_MAX - 1);
    bool ok = U_SUCCESS(failure) && has_ascii(from) &&
              convert_pieces(from, to, input->text + input->begin, input->length - input->begin,
                             &converted);
    ucnv_close(from);
    ucnv_close(to);
    if (!ok) {
        pil_buffer_dispose(&converted);
        return false;
    }
    pil_buffer_dispose(&input->owned);
    input->owned = converted;
    input->text = converted.bytes;
    input->length = converted.length;
    input->begin = 0;
    return true;
}

void pil_read_input_dispose(pil_read_input *input)
{
    pil_buffer_dispose(&input->owned);
}
