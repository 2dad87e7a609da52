#include "base/buffer.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

Test(buffer, a_new_buffer_is_an_empty_string)
{
    pil_buffer buffer;
    pil_buffer_init(&buffer, 100);
    cr_expect_eq(buffer.length, 0);
    cr_expect_str_eq(buffer.bytes, "");
    pil_buffer_clear(&buffer);
    cr_expect_str_eq(buffer.bytes, "");
    pil_buffer_dispose(&buffer);
}

Test(buffer, what_is_appended_stands_in_order_with_a_nul_behind)
{
    pil_buffer buffer;
    pil_buffer_init(&buffer, SIZE_MAX / 2);
    cr_assert_eq(pil_buffer_append(&buffer, "a\0b", 3), PIL_OK);
    cr_assert_eq(pil_buffer_append_string(&buffer, "cd"), PIL_OK);
    cr_assert_eq(pil_buffer_append_byte(&buffer, 'e'), PIL_OK);
    cr_assert_eq(pil_buffer_appendf(&buffer, "%d-%s", 12, "x"), PIL_OK);
    cr_assert_eq(pil_buffer_append(&buffer, NULL, 0), PIL_OK);
    cr_expect_eq(buffer.length, 10);
    cr_expect_eq(memcmp(buffer.bytes, "a\0bcde12-x", 11), 0);
    pil_buffer_dispose(&buffer);
}

Test(buffer, growing_keeps_the_content)
{
    pil_buffer buffer;
    pil_buffer_init(&buffer, SIZE_MAX / 2);
    for (unsigned i = 0; i < 100000; i++)
        cr_assert_eq(pil_buffer_append_byte(&buffer, (char)(i % 251)), PIL_OK);
    cr_assert_eq(buffer.length, 100000);
    for (unsigned i = 0; i < 100000; i++)
        cr_assert_eq(buffer.bytes[i], (char)(i % 251));
    cr_expect_eq(buffer.bytes[100000], '\0');
    pil_buffer_dispose(&buffer);
}

Test(buffer, the_cap_is_reached_but_never_passed)
{
    pil_buffer buffer;
    pil_buffer_init(&buffer, 5);
    cr_assert_eq(pil_buffer_append_string(&buffer, "abc"), PIL_OK);
    cr_expect_eq(pil_buffer_append_string(&buffer, "def"), PIL_INVALID_ARGUMENT);
    cr_expect_eq(pil_buffer_appendf(&buffer, "%s", "def"), PIL_INVALID_ARGUMENT);
    cr_expect_eq(pil_buffer_reserve(&buffer, SIZE_MAX), PIL_INVALID_ARGUMENT);
    cr_expect_str_eq(buffer.bytes, "abc");
    cr_expect_eq(buffer.length, 3);
    cr_expect_eq(pil_buffer_append_string(&buffer, "de"), PIL_OK);
    cr_expect_eq(pil_buffer_append_byte(&buffer, 'f'), PIL_INVALID_ARGUMENT);
    cr_expect_str_eq(buffer.bytes, "abcde");
    pil_buffer_dispose(&buffer);
}

Test(buffer, what_was_reserved_can_be_written_and_counted)
{
    pil_buffer buffer;
    pil_buffer_init(&buffer, 1000);
    cr_assert_eq(pil_buffer_reserve(&buffer, 300), PIL_OK);
    cr_expect_str_eq(buffer.bytes, "");
    memset(buffer.bytes + buffer.length, 'x', 300);
    pil_buffer_set_length(&buffer, 300);
    cr_expect_eq(strlen(buffer.bytes), 300);
    pil_buffer_set_length(&buffer, 2);
    cr_expect_str_eq(buffer.bytes, "xx");
    pil_buffer_dispose(&buffer);
}

Test(buffer, clearing_keeps_the_memory)
{
    pil_buffer buffer;
    pil_buffer_init(&buffer, 1000);
    cr_assert_eq(pil_buffer_append_string(&buffer, "something"), PIL_OK);
    size_t capacity = buffer.capacity;
    pil_buffer_clear(&buffer);
    cr_expect_str_eq(buffer.bytes, "");
    cr_expect_eq(buffer.capacity, capacity);
    pil_buffer_dispose(&buffer);
}

Test(buffer, taking_moves_the_content_out)
{
    pil_buffer buffer;
    size_t length = 99;
    pil_buffer_init(&buffer, 1000);
    cr_assert_eq(pil_buffer_append(&buffer, "a\0b", 3), PIL_OK);
    char *taken = pil_buffer_take(&buffer, &length);
    cr_assert_not_null(taken);
    cr_expect_eq(length, 3);
    cr_expect_eq(memcmp(taken, "a\0b", 4), 0);
    cr_expect_eq(buffer.length, 0);
    cr_expect_eq(pil_buffer_append_string(&buffer, "next"), PIL_OK);
    cr_expect_str_eq(buffer.bytes, "next");
    free(taken);
    pil_buffer_dispose(&buffer);
}

Test(buffer, taking_from_an_empty_buffer_gives_an_empty_string)
{
    pil_buffer buffer;
    pil_buffer_init(&buffer, 0);
    char *taken = pil_buffer_take(&buffer, NULL);
    cr_assert_not_null(taken);
    cr_expect_str_eq(taken, "");
    free(taken);
}

Test(buffer, disposing_twice_or_of_a_zeroed_one_is_fine)
{
    pil_buffer zeroed = {0};
    pil_buffer buffer;
    pil_buffer_dispose(NULL);
    pil_buffer_dispose(&zeroed);
    pil_buffer_init(&buffer, 10);
    cr_assert_eq(pil_buffer_append_string(&buffer, "x"), PIL_OK);
    pil_buffer_dispose(&buffer);
    pil_buffer_dispose(&buffer);
    cr_expect_str_eq(buffer.bytes, "");
    cr_expect_eq(pil_buffer_append_string(&buffer, "again"), PIL_OK);
    pil_buffer_dispose(&buffer);
}
