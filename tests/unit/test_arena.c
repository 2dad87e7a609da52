#include "base/arena.h"

#include <criterion/criterion.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

Test(arena, pieces_are_aligned_and_do_not_overlap)
{
    enum { N = 3000 };
    static unsigned char *pieces[N];
    pil_arena arena = {0};
    for (size_t i = 0; i < N; i++) {
        pieces[i] = pil_arena_alloc(&arena, i % 97 + 1);
        cr_assert_not_null(pieces[i]);
        cr_assert_eq((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        memset(pieces[i], (int)(i % 251), i % 97 + 1);
    }
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < i % 97 + 1; j++)
            cr_assert_eq(pieces[i][j], i % 251, "piece %zu", i);
    pil_arena_dispose(&arena);
}

Test(arena, a_piece_larger_than_any_block_is_given)
{
    pil_arena arena = {0};
    char *small = pil_arena_copy(&arena, "small", 5);
    char *large = pil_arena_alloc(&arena, 5u << 20);
    cr_assert_not_null(small);
    cr_assert_not_null(large);
    memset(large, 'x', 5u << 20);
    cr_expect_str_eq(small, "small");
    cr_expect_geq(arena.total_bytes, 5u << 20);
    pil_arena_dispose(&arena);
}

Test(arena, what_cannot_be_had_is_null)
{
    pil_arena arena = {0};
    cr_expect_null(pil_arena_alloc(&arena, SIZE_MAX));
    cr_expect_null(pil_arena_alloc(&arena, SIZE_MAX - 24));
    cr_expect_null(pil_arena_copy(&arena, "", SIZE_MAX));
    cr_expect_not_null(pil_arena_alloc(&arena, 1));
    pil_arena_dispose(&arena);
}

Test(arena, a_copy_has_a_nul_behind_it)
{
    pil_arena arena = {0};
    const char *copy = pil_arena_copy(&arena, "a\0bc", 3);
    cr_assert_not_null(copy);
    cr_expect_eq(memcmp(copy, "a\0b", 4), 0);
    cr_expect_str_eq(pil_arena_copy(&arena, NULL, 0), "");
    pil_arena_dispose(&arena);
}

Test(arena, clearing_gives_back_all_but_a_block)
{
    pil_arena arena = {0};
    for (int i = 0; i < 10000; i++)
        cr_assert_not_null(pil_arena_alloc(&arena, 1000));
    size_t before = arena.total_bytes;
    pil_arena_clear(&arena);
    cr_expect_lt(arena.total_bytes, before);
    cr_expect_gt(arena.total_bytes, 0);
    size_t kept = arena.total_bytes;
    cr_assert_not_null(pil_arena_alloc(&arena, 1000));
    cr_expect_eq(arena.total_bytes, kept);
    pil_arena_dispose(&arena);
    cr_expect_eq(arena.total_bytes, 0);
}

Test(arena, clearing_and_disposing_of_an_empty_one_is_fine)
{
    pil_arena arena = {0};
    pil_arena_clear(&arena);
    pil_arena_dispose(&arena);
    cr_expect_not_null(pil_arena_alloc(&arena, 0));
    pil_arena_dispose(&arena);
    pil_arena_dispose(&arena);
}
