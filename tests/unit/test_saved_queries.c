#include "query/saved_queries.h"

#include "base/file.h"
#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static char *directory;

static void init(void)
{
    directory = pil_temporary_directory_new();
}

static void dispose(void)
{
    pil_temporary_directory_remove(directory);
}

TestSuite(saved_queries, .init = init, .fini = dispose);

static void save(const char *name, const char *option, const char *words)
{
    pil_error err = {0};
    const pil_saved_query query = {.options = &option, .n_options = option != NULL, .query = words};
    cr_assert_eq(pil_saved_write(directory, name, &query, &err), PIL_OK, "%s", err.message);
}

static void expect(const char *name, const char *option, const char *words)
{
    pil_saved_query query;
    pil_error err = {0};
    cr_assert_eq(pil_saved_read(directory, name, &query, &err), PIL_OK, "%s", err.message);
    cr_expect_str_eq(query.query, words);
    cr_expect_eq(query.n_options, option != NULL);
    if (query.n_options > 0)
        cr_expect_str_eq(query.options[0], option);
    pil_saved_query_dispose(&query);
}

static void write_file(const char *name, const char *text)
{
    char *folder = pil_file_join(directory, "queries");
    char *path = pil_file_join(folder, name);
    cr_assert_eq(pil_file_replace(path, text, strlen(text), NULL), PIL_OK);
    free(path);
    free(folder);
}

Test(saved_queries, a_name_has_letters_digits_and_some_signs)
{
    static const char *const good[] = {"a", "kosovo-2.3_x", "9", "A.b"};
    static const char *const bad[] = {"",    ".",   "..",  ".a",       "-a",        "_a",
                                      "a/b", "a b", "a\n", "\xC5\xBE", "a\xCC\x81", "@a"};
    char name[PIL_SAVED_NAME_MAX_BYTES + 2];
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        cr_expect(pil_saved_is_name(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_expect_not(pil_saved_is_name(bad[i]), "%s", bad[i]);
    memset(name, 'a', sizeof name);
    name[PIL_SAVED_NAME_MAX_BYTES + 1] = '\0';
    cr_expect_not(pil_saved_is_name(name));
    name[PIL_SAVED_NAME_MAX_BYTES] = '\0';
    cr_expect(pil_saved_is_name(name));
}

Test(saved_queries, the_directory_is_that_of_the_state_or_below_the_home)
{
    static const struct {
        const char *state_home, *home, *wanted;
    } cases[] = {{"/s", "/h", "/s/pilcrow"},
                 {"s", "/h", "/h/.local/state/pilcrow"},
                 {NULL, "/h", "/h/.local/state/pilcrow"},
                 {"", "", NULL},
                 {NULL, NULL, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *found = NULL;
        pil_status status = pil_saved_directory(cases[i].state_home, cases[i].home, &found, NULL);
        cr_expect_eq(status, cases[i].wanted == NULL ? PIL_INVALID_ARGUMENT : PIL_OK);
        if (cases[i].wanted != NULL)
            cr_expect_str_eq(found, cases[i].wanted);
        free(found);
    }
}

Test(saved_queries, what_was_saved_is_read_back)
{
    save("a", "--all", "Kosovo dialogue");
    save("b", NULL, "two\nlines\xFF and option --all");
    save("c", NULL, "");
    expect("a", "--all", "Kosovo dialogue");
    expect("b", NULL, "two\nlines\xFF and option --all");
    expect("c", NULL, "");
    save("a", NULL, "NATO");
    expect("a", NULL, "NATO");
}

Test(saved_queries, an_option_of_two_lines_is_refused)
{
    const char *option = "--language=a\nb";
    const pil_saved_query query = {.options = &option, .n_options = 1, .query = "NATO"};
    cr_expect_eq(pil_saved_write(directory, "a", &query, NULL), PIL_INVALID_ARGUMENT);
}

Test(saved_queries, names_are_listed_in_order_and_nothing_else)
{
    pil_saved_names names;
    cr_assert_eq(pil_saved_list(directory, &names, NULL), PIL_OK);
    cr_expect_eq(names.n_items, 0);
    pil_saved_names_dispose(&names);
    for (char name[] = "z"; name[0] >= 'a'; name[0]--)
        save(name, NULL, "NATO");
    write_file(".left-over", "rubbish");
    cr_assert_eq(pil_saved_list(directory, &names, NULL), PIL_OK);
    cr_assert_eq(names.n_items, 26);
    cr_expect_str_eq(names.items[0], "a");
    cr_expect_str_eq(names.items[25], "z");
    pil_saved_names_dispose(&names);
}

Test(saved_queries, what_is_forgotten_is_not_found)
{
    const uint64_t id = 7;
    uint64_t *ids;
    size_t n;
    pil_saved_query query;
    save("a", NULL, "NATO");
    cr_assert_eq(pil_saved_write_seen(directory, "a", "/i", &id, 1, NULL), PIL_OK);
    cr_expect_eq(pil_saved_forget(directory, "a", NULL), PIL_OK);
    cr_expect_eq(pil_saved_read(directory, "a", &query, NULL), PIL_NOT_FOUND);
    pil_saved_query_dispose(&query);
    cr_expect_eq(pil_saved_read_seen(directory, "a", "/i", &ids, &n, NULL), PIL_OK);
    cr_expect_eq(n, 0);
    free(ids);
    cr_expect_eq(pil_saved_forget(directory, "a", NULL), PIL_NOT_FOUND);
}

Test(saved_queries, a_damaged_file_is_told)
{
    static const char *const texts[] = {"",
                                        "rubbish\n",
                                        "pilcrow saved query 2\nquery a\n",
                                        "pilcrow saved query 1\n",
                                        "pilcrow saved query 1\nquery",
                                        "pilcrow saved query 1\nquery a",
                                        "pilcrow saved query 1\noption --all"};
    save("b", NULL, "NATO");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        pil_saved_query query;
        write_file("a", texts[i]);
        cr_expect_eq(pil_saved_read(directory, "a", &query, NULL), PIL_CORRUPT, "%s", texts[i]);
        pil_saved_query_dispose(&query);
    }
}

Test(saved_queries, ids_are_kept_for_each_query_and_index)
{
    static const uint64_t ids[] = {0, 1, 0x0123456789abcdef, UINT64_MAX};
    uint64_t *read;
    size_t n;
    cr_assert_eq(pil_saved_write_seen(directory, "a", "/i", ids, 4, NULL), PIL_OK);
    cr_assert_eq(pil_saved_write_seen(directory, "a", "/j", ids, 1, NULL), PIL_OK);
    cr_assert_eq(pil_saved_read_seen(directory, "a", "/i", &read, &n, NULL), PIL_OK);
    cr_assert_eq(n, 4);
    cr_expect_arr_eq(read, ids, sizeof ids);
    free(read);
    cr_assert_eq(pil_saved_read_seen(directory, "a", "/j", &read, &n, NULL), PIL_OK);
    cr_expect_eq(n, 1);
    free(read);
    cr_assert_eq(pil_saved_read_seen(directory, "b", "/i", &read, &n, NULL), PIL_OK);
    cr_expect_eq(n, 0);
    free(read);
}

Test(saved_queries, ids_of_a_query_that_changes_are_forgotten)
{
    const uint64_t id = 7;
    uint64_t *read;
    size_t n;
    save("a", NULL, "NATO");
    cr_assert_eq(pil_saved_write_seen(directory, "a", "/i", &id, 1, NULL), PIL_OK);
    save("a", NULL, "NATO");
    cr_assert_eq(pil_saved_read_seen(directory, "a", "/i", &read, &n, NULL), PIL_OK);
    cr_expect_eq(n, 1);
    free(read);
    save("a", "--all", "NATO");
    cr_assert_eq(pil_saved_read_seen(directory, "a", "/i", &read, &n, NULL), PIL_OK);
    cr_expect_eq(n, 0);
    free(read);
}
