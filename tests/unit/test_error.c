#include "base/error.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

Test(error, set_fills_in_status_and_message_and_returns_the_status)
{
    pil_error err = {0};
    cr_expect_eq(pil_error_set(&err, PIL_CORRUPT, "record %d of %s", 7, "a segment"), PIL_CORRUPT);
    cr_expect_eq(err.status, PIL_CORRUPT);
    cr_expect_str_eq(err.message, "record 7 of a segment");
}

Test(error, without_an_error_only_the_status_is_returned)
{
    cr_expect_eq(pil_error_set(NULL, PIL_BUSY, "nobody reads this"), PIL_BUSY);
    cr_expect_eq(pil_error_set_errno(NULL, EIO, "nobody"), PIL_IO);
    cr_expect_eq(pil_error_no_memory(NULL), PIL_NO_MEMORY);
}

Test(error, the_status_of_an_errno_tells_what_to_do)
{
    static const struct {
        int errnum;
        pil_status status;
    } cases[] = {{ENOENT, PIL_NOT_FOUND},
                 {ENOMEM, PIL_NO_MEMORY},
                 {EACCES, PIL_IO},
                 {ENOSPC, PIL_IO},
                 {EIO, PIL_IO}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_error err = {0};
        cr_expect_eq(pil_error_set_errno(&err, cases[i].errnum, "cannot"), cases[i].status);
        cr_expect_eq(err.status, cases[i].status);
        cr_expect_eq(strncmp(err.message, "cannot: ", 8), 0, "%s", err.message);
        cr_expect_gt(strlen(err.message), 8);
    }
}

/* Messages of all lengths around the limit, of characters of 1 to 4 bytes. */
Test(error, a_long_message_is_cut_between_characters)
{
    static const char *const characters[] = {"x", "\xC4\x8D", "\xE2\x80\x99", "\xF0\x9F\x91\x8D"};
    for (size_t i = 0; i < 4; i++)
        for (size_t ahead = 0; ahead < 8; ahead++) {
            char text[600] = "";
            size_t width = strlen(characters[i]), length = ahead;
            memset(text, 'a', ahead);
            for (; length + width < sizeof text; length += width)
                memcpy(text + length, characters[i], width);
            text[length] = '\0';
            pil_error err;
            pil_error_set(&err, PIL_IO, "%s", text);
            size_t kept = strlen(err.message);
            cr_expect_lt(kept, sizeof err.message);
            cr_expect_gt(kept, sizeof err.message - 1 - width);
            cr_expect_eq((kept - ahead) % width, 0, "%zu of width %zu", kept, width);
            cr_expect_eq(memcmp(err.message, text, kept), 0);
        }
}

Test(error, a_short_message_is_kept_to_its_last_character)
{
    pil_error err;
    pil_error_set(&err, PIL_IO, "%s", "Kova\xC4\x8D");
    cr_expect_str_eq(err.message, "Kova\xC4\x8D");
    pil_error_set(&err, PIL_IO, "%s", "");
    cr_expect_str_eq(err.message, "");
}

Test(error, a_long_message_with_an_errno_stays_within_its_bounds)
{
    char text[600];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    pil_error err;
    pil_error_set_errno(&err, EIO, "%s", text);
    cr_expect_eq(strlen(err.message), sizeof err.message - 1);
}

Test(error, every_status_has_a_name_of_its_own)
{
    for (int i = PIL_OK; i <= PIL_INTERNAL; i++) {
        const char *name = pil_status_name((pil_status)i);
        cr_assert_not_null(name);
        cr_expect_str_neq(name, "unknown");
        for (int j = PIL_OK; j < i; j++)
            cr_expect_str_neq(name, pil_status_name((pil_status)j), "%d and %d", i, j);
    }
    cr_expect_str_eq(pil_status_name((pil_status)(PIL_INTERNAL + 1)), "unknown");
}

/* Scripts read these numbers. */
Test(error, the_values_of_the_codes_never_change)
{
    cr_expect_eq(PIL_OK, 0);
    cr_expect_eq(PIL_NOT_FOUND, 5);
    cr_expect_eq(PIL_CORRUPT, 9);
    cr_expect_eq(PIL_INTERNAL, 14);
}
