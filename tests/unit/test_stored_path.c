#include "index/stored_path.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *index, *path, *stored;
} cases[] = {
    {"/home/u/.pilcrow", "/home/u/news/a.txt", "news/a.txt"},
    {"/home/u/.pilcrow", "/home/u/a.txt", "a.txt"},
    {"/home/u/.pilcrow", "/home/u/.pilcrow/manifest", ".pilcrow/manifest"},
    {"/home/u/.pilcrow", "/home/user/a.txt", "/home/user/a.txt"},
    {"/home/u/.pilcrow", "/home/u", "/home/u"},
    {"/home/u/.pilcrow", "/home", "/home"},
    {"/home/u/.pilcrow", "/etc/a", "/etc/a"},
    {"/home/u/.pilcrow", "-", "-"},
    {"/home/u/.pilcrow", "/home/u/-", "/home/u/-"},
    {"/home/u/.pilcrow", "/home/u/-x", "-x"},
    {"/home/u/.pilcrow", "/home/u/d/-", "d/-"},
    {"/home/u/.pilcrow", "/home/u/line\nbreak\t%41\xFF", "line\nbreak\t%41\xFF"},
    {"/index", "/home/u/a.txt", "/home/u/a.txt"},
    {"/index", "/a", "/a"},
    {"/index", "/-", "/-"},
};

Test(stored_path, below_the_folder_of_the_index_it_is_relative)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *stored = pil_stored_path_from(cases[i].index, cases[i].path);
        cr_assert_not_null(stored);
        cr_expect_str_eq(stored, cases[i].stored, "%s", cases[i].path);
        free(stored);
    }
}

Test(stored_path, it_resolves_to_where_it_came_from)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *path = pil_stored_path_resolve(cases[i].index, cases[i].stored);
        cr_assert_not_null(path);
        cr_expect_str_eq(path, cases[i].path);
        free(path);
    }
}

Test(stored_path, folder_and_index_can_be_moved_together)
{
    char *stored = pil_stored_path_from("/old/place/.pilcrow", "/old/place/news/a.txt");
    char *path = pil_stored_path_resolve("/new/.pilcrow", stored);
    cr_expect_str_eq(path, "/new/news/a.txt");
    free(path);
    free(stored);
}
