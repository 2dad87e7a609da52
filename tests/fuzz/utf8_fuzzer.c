/* Any bytes as UTF-8 and as UTF-16: what comes out is valid, and what was valid stays. */
#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_characters(const char *text, size_t length)
{
    bool all_valid = true;
    for (size_t at = 0; at < length;) {
        size_t begin = at;
        bool is_valid;
        uint32_t c = pil_utf8_next(text, length, &at, &is_valid);
        char encoded[4];
        require(at > begin && at <= length);
        if (is_valid)
            require(pil_utf8_encode(c, encoded) == at - begin &&
                    memcmp(encoded, text + begin, at - begin) == 0);
        else
            require(c == PIL_UTF8_REPLACEMENT);
        all_valid = all_valid && is_valid;
    }
    require(pil_utf8_is_valid(text, length) == all_valid);
    for (size_t at = 0; at <= length; at++) {
        size_t boundary = pil_utf8_boundary(text, length, at);
        require(boundary <= at && at - boundary <= 3);
        require(!all_valid || pil_utf8_boundary(text, length, boundary) == boundary);
    }
}

static void check_repair(const char *text, size_t length)
{
    pil_buffer out;
    size_t n_replaced;
    pil_buffer_init(&out, SIZE_MAX / 2);
    require(pil_utf8_repair(text, length, &out, &n_replaced) == PIL_OK);
    require(pil_utf8_is_valid(out.bytes, out.length));
    require(memchr(out.bytes, '\0', out.length) == NULL);
    if (n_replaced == 0)
        require(out.length == length && memcmp(out.bytes, text, length) == 0);
    pil_buffer_dispose(&out);
}

static void check_utf16(const char *bytes, size_t length, bool big_endian)
{
    pil_buffer out;
    pil_buffer_init(&out, SIZE_MAX / 2);
    require(pil_utf8_from_utf16(bytes, length, big_endian, &out, NULL) == PIL_OK);
    require(pil_utf8_is_valid(out.bytes, out.length));
    require(memchr(out.bytes, '\0', out.length) == NULL);
    pil_buffer_dispose(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    check_characters(text, size);
    check_repair(text, size);
    check_utf16(text, size, true);
    check_utf16(text, size, false);
    return 0;
}
