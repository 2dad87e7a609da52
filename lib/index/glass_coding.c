#include "glass_coding.h"

#include <string.h>

size_t pil_glass_put_number(unsigned char *out, uint64_t number)
{
    size_t n = 0;
    while (number >= 0x80) {
        out[n++] = (unsigned char)(number | 0x80);
        number >>= 7;
    }
    out[n++] = (unsigned char)number;
    return n;
}

size_t pil_glass_number_length(uint64_t number)
{
    size_t n = 1;
    while (number >= 0x80) {
        number >>= 7;
        n++;
    }
    return n;
}

bool pil_glass_get_long_number(const unsigned char **at, const unsigned char *end, uint64_t *number)
{
    uint64_t value = 0;
    const unsigned char *byte = *at;
    for (unsigned shift = 0; shift < 64 && byte < end; shift += 7, byte++) {
        uint64_t bits = *byte & 0x7f;
        if (bits << shift >> shift != bits)
            return false;
        value |= bits << shift;
        if (*byte < 0x80) {
            *at = byte + 1;
            *number = value;
            return true;
        }
    }
    return false;
}

/* Two bytes hold 15 bits. With n more bytes, n from 1 to 3, the first byte starts with n ones and a
 * zero, and 7 * n + 15 bits are left. */
enum { SHORT_BITS = 15 };

size_t pil_glass_put_sortable(unsigned char *out, uint32_t number)
{
    size_t more = 0;
    while (more < 3 && number >> (SHORT_BITS + 7 * more) != 0)
        more++;
    size_t length = 2 + more;
    uint64_t mark = 0xff00u >> more & 0xffu;
    uint64_t coded = number | mark << (8 * (length - 1));
    for (size_t i = length; i-- > 0; coded >>= 8)
        out[i] = (unsigned char)coded;
    return length;
}

bool pil_glass_get_sortable(const unsigned char **at, const unsigned char *end, uint32_t *number)
{
    const unsigned char *byte = *at;
    if (byte >= end)
        return false;
    size_t more = *byte < 0x80 ? 0 : *byte < 0xc0 ? 1 : *byte < 0xe0 ? 2 : 3;
    size_t length = 2 + more;
    if (*byte >= 0xf0 || (size_t)(end - byte) < length)
        return false;
    uint64_t value = *byte & (0x7fu >> more);
    for (size_t i = 1; i < length; i++)
        value = value << 8 | byte[i];
    if (value > UINT32_MAX || (more > 0 && value >> (SHORT_BITS + 7 * (more - 1)) == 0))
        return false;
    *at = byte + length;
    *number = (uint32_t)value;
    return true;
}

size_t pil_glass_put_last(unsigned char *out, uint32_t number)
{
    size_t n = 0;
    for (; number > 0; number >>= 8)
        out[n++] = (unsigned char)number;
    return n;
}

size_t pil_glass_put_term(unsigned char *out, const char *term, size_t length, bool with_end)
{
    unsigned char *at = out;
    while (length > 0) {
        const char *zero = memchr(term, '\0', length);
        size_t plain = zero != NULL ? (size_t)(zero - term) + 1 : length;
        memcpy(at, term, plain);
        at += plain;
        term += plain;
        length -= plain;
        if (zero != NULL)
            *at++ = 0xff;
    }
    if (with_end)
        *at++ = 0;
    return (size_t)(at - out);
}

bool pil_glass_get_term(const unsigned char **at, const unsigned char *end, char *term,
                        size_t *length)
{
    bool is_closed = false;
    size_t n = 0;
    const unsigned char *byte = *at;
    while (byte < end) {
        unsigned char plain = *byte++;
        if (plain == 0 && (byte == end || *byte != 0xff)) {
            is_closed = true;
            break;
        }
        if (plain == 0)
            byte++;
        term[n++] = (char)plain;
    }
    *at = byte;
    *length = n;
    return is_closed;
}
