#include "cli/paths.h"

#include "support/temporary_directory.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(paths, below_the_working_directory_are_shown_relative)
{
    static const struct {
        const char *path, *cwd, *expected;
    } cases[] = {
        {"/home/u/news/a.txt", "/home/u", "news/a.txt"},
        {"/home/u/news/a.txt", "/home/u/", "news/a.txt"},
        {"/home/u2/a.txt", "/home/u", "/home/u2/a.txt"},
        {"/home/u", "/home/u", "/home/u"},
        {"/home/u/", "/home/u", "/home/u/"},
        {"/etc/hosts", "/", "etc/hosts"},
        {"/etc/hosts", "/home", "/etc/hosts"},
        {"/home/u/-rf.txt", "/home/u", "./-rf.txt"},
        {"-", "/home/u", "-"},
        {"a.txt", "/home/u", "a.txt"},
        {"/home/u/a.txt", NULL, "/home/u/a.txt"},
        {"/home/u/a.txt", "", "/home/u/a.txt"},
        {"/home/u/n.jsonl#7", "/home/u", "n.jsonl#7"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *shown = pil_path_display(cases[i].path, cases[i].cwd);
        cr_assert(shown != NULL);
        cr_expect_str_eq(shown, cases[i].expected, "%s in %s: %s", cases[i].path, cases[i].cwd,
                         shown);
        free(shown);
    }
}

/* The path of an index, to be compared and freed. */
static char *found(const pil_index_places *places, pil_index_rule *rule)
{
    char *path = NULL;
    pil_error err = {0};
    cr_assert_eq(pil_index_path(places, &path, rule, &err), PIL_OK, "%s", err.message);
    return path;
}

static void expect_path(const pil_index_places *places, const char *expected,
                        pil_index_rule expected_rule)
{
    pil_index_rule rule = PIL_INDEX_FROM_USER;
    char *path = found(places, &rule);
    cr_expect_str_eq(path, expected, "%s, not %s", path, expected);
    cr_expect_eq((int)rule, (int)expected_rule, "%s", expected);
    free(path);
}

Test(paths, of_the_index_come_from_the_first_rule_that_applies)
{
    char *directory = pil_temporary_directory_new();
    pil_temporary_directory_write(directory, "project/.pilcrow/manifest", "", 0);
    pil_temporary_directory_write(directory, "project/a/b/c.txt", "", 0);
    char *deep = pil_temporary_directory_path(directory, "project/a/b");
    char *project = pil_temporary_directory_path(directory, "project/.pilcrow");

    pil_index_places places = {
        .option = "given", .variable = "/var/x", .cwd = deep, .data_home = "/data", .home = "/h"};
    expect_path(&places, "given", PIL_INDEX_FROM_OPTION);
    places.option = NULL;
    expect_path(&places, "/var/x", PIL_INDEX_FROM_VARIABLE);
    places.variable = "";
    expect_path(&places, project, PIL_INDEX_FROM_PROJECT);
    places.cwd = directory;
    expect_path(&places, "/data/pilcrow/index", PIL_INDEX_FROM_USER);
    places.data_home = "relative/is/ignored";
    expect_path(&places, "/h/.local/share/pilcrow/index", PIL_INDEX_FROM_USER);
    places.data_home = NULL;
    places.cwd = NULL;
    expect_path(&places, "/h/.local/share/pilcrow/index", PIL_INDEX_FROM_USER);

    free(deep);
    free(project);
    pil_temporary_directory_remove(directory);
}

Test(paths, of_the_index_take_the_nearest_directory_and_no_file)
{
    char *directory = pil_temporary_directory_new();
    pil_temporary_directory_write(directory, ".pilcrow/manifest", "", 0);
    pil_temporary_directory_write(directory, "a/.pilcrow/manifest", "", 0);
    pil_temporary_directory_write(directory, "a/b/.pilcrow", "a file", 6);
    char *cwd = pil_temporary_directory_path(directory, "a/b");
    char *expected = pil_temporary_directory_path(directory, "a/.pilcrow");
    const pil_index_places places = {.cwd = cwd, .home = "/h"};
    expect_path(&places, expected, PIL_INDEX_FROM_PROJECT);
    free(cwd);
    free(expected);
    pil_temporary_directory_remove(directory);
}

Test(paths, of_the_index_are_not_found_without_a_home)
{
    pil_error err = {0};
    char *path = NULL;
    const pil_index_places places = {.cwd = "/"};
    cr_expect_eq(pil_index_path(&places, &path, NULL, &err), PIL_NOT_FOUND);
    cr_expect(path == NULL);
    cr_expect(strstr(err.message, "-d DIR") != NULL);
}
