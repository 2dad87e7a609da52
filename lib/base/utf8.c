#include "base/utf8.h"

/* The legal range of the second byte depends on the first: Unicode Standard, table 3-7. */
static bool second_byte_fits(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return second >= 0x80 && second <= 0xBF;
    }
}

uint32_t pil_utf8_next(const char *text, size_t length, size_t *at, bool *is_valid)
{
    const unsigned char *bytes = (const unsigned char *)text;
    unsigned char lead = bytes[(*at)++];
    bool valid = true;
    uint32_t character = lead;
    if (lead >= 0x80) {
        int n_more = lead >= 0xC2 && lead <= 0xDF   ? 1
                     : lead >= 0xE0 && lead <= 0xEF ? 2
                     : lead >= 0xF0 && lead <= 0xF4 ? 3
                                                    : 0;
        valid = n_more > 0;
        character = n_more == 1 ? lead & 0x1Fu : n_more == 2 ? lead & 0x0Fu : lead & 0x07u;
        for (int i = 0; i < n_more && valid; i++) {
            valid = *at < length &&
                    (i == 0 ? second_byte_fits(lead, bytes[*at]) : (bytes[*at] & 0xC0) == 0x80);
            if (valid)
                character = character << 6 | (bytes[(*at)++] & 0x3Fu);
        }
    }
    if (is_valid != NULL)
        *is_valid = valid;
    return valid ? character : PIL_UTF8_REPLACEMENT;
}

size_t pil_utf8_count(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t at = 0; at < length; n++)
        pil_utf8_next(text, length, &at, NULL);
    return n;
}

bool pil_utf8_is_valid(const char *text, size_t length)
{
    bool valid = true;
    for (size_t at = 0; at < length && valid;) {
        if ((unsigned char)text[at] < 0x80)
            at++;
        else
            pil_utf8_next(text, length, &at, &valid);
    }
    return valid;
}

pil_status pil_utf8_repair(const char *text, size_t length, pil_buffer *out, size_t *n_replaced)
{
    size_t replaced = 0;
    size_t copied = 0;
    pil_status status = pil_buffer_reserve(out, length);
    for (size_t at = 0; at < length && status == PIL_OK;) {
        size_t begin = at;
        bool valid;
        uint32_t character = pil_utf8_next(text, length, &at, &valid);
        if (valid && character != 0)
            continue;
        status = pil_buffer_append(out, text + copied, begin - copied);
        if (status == PIL_OK)
            status = pil_buffer_append_string(out, "\xEF\xBF\xBD");
        copied = at;
        replaced++;
    }
    if (status == PIL_OK)
        status = pil_buffer_append(out, text + copied, length - copied);
    if (n_replaced != NULL)
        *n_replaced = replaced;
    return status;
}

static uint32_t utf16_unit(const char *bytes, size_t at, bool big_endian)
{
    uint32_t first = (unsigned char)bytes[at], second = (unsigned char)bytes[at + 1];
    return big_endian ? first << 8 | second : second << 8 | first;
}

pil_status pil_utf8_from_utf16(const char *bytes, size_t length, bool big_endian, pil_buffer *out,
                               size_t *n_replaced)
{
    size_t replaced = 0;
    pil_status status = pil_buffer_reserve(out, length);
    for (size_t at = 0; at < length && status == PIL_OK;) {
        uint32_t character = PIL_UTF8_REPLACEMENT;
        bool is_broken = length - at == 1;
        if (is_broken) {
            at = length;
        } else {
            character = utf16_unit(bytes, at, big_endian);
            at += 2;
            bool is_high = character >= 0xD800 && character <= 0xDBFF;
            if (is_high && length - at >= 2) {
                uint32_t low = utf16_unit(bytes, at, big_endian);
                if (low >= 0xDC00 && low <= 0xDFFF) {
                    character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
                    at += 2;
                }
            }
            is_broken = (character >= 0xD800 && character <= 0xDFFF) || character == 0;
        }
        if (is_broken)
            character = PIL_UTF8_REPLACEMENT;
        replaced += is_broken;
        char encoded[4];
        status = pil_buffer_append(out, encoded, pil_utf8_encode(character, encoded));
    }
    if (n_replaced != NULL)
        *n_replaced = replaced;
    return status;
}

size_t pil_utf8_encode(uint32_t character, char out[4])
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(leads[length] | character);
    return length;
}

size_t pil_utf8_boundary(const char *text, size_t length, size_t at)
{
    for (int i = 0; i < 3 && at > 0 && at < length && ((unsigned char)text[at] & 0xC0) == 0x80; i++)
        at--;
    return at;
}
