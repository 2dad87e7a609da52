/* The man pages list the options of the tables: all of them, no others, in the same order, under
 * the same headings, with the same names of their values. */
#include "base/buffer.h"
#include "base/file.h"
#include "cli/options.h"
#include "indexer/index_options.h"
#include "query/query_options.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { LINE_MAX_BYTES = 256, PAGE_MAX_BYTES = 1 << 20 };

/* What a line of roff says, without its request, fonts and quotes: "-n, --limit=N". A macro such
 * as .BR joins its arguments, so that spaces outside of quotes go too. */
static void plain_text(const char *roff, char out[LINE_MAX_BYTES])
{
    size_t n = 0;
    bool is_quoted = false;
    const char *at = roff;
    if (*at == '.')
        at += strcspn(at, " ");
    for (; *at != '\0' && n + 1 < LINE_MAX_BYTES; at++) {
        if (*at == '"')
            is_quoted = !is_quoted;
        else if (*at == '\\' && at[1] == 'f')
            at += 2;
        else if (*at != '\\' && (*at != ' ' || is_quoted))
            out[n++] = *at;
    }
    out[n] = '\0';
}

/* How the page should name an option. */
static void expected_text(const pil_option *option, char out[LINE_MAX_BYTES])
{
    char letter[8] = "";
    if (option->letter != '\0')
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    bool has_value = pil_option_has_value(option);
    bool is_optional = option->value_is_optional;
    snprintf(out, LINE_MAX_BYTES, "%s--%s%s%s%s%s", letter, option->name, is_optional ? "[" : "",
             has_value ? "=" : "", has_value ? option->value_name : "", is_optional ? "]" : "");
}

/* The line begins like this, and what is left is in *rest. */
static bool begins(const char *line, const char *with, const char **rest)
{
    size_t length = strlen(with);
    *rest = line + length;
    return strncmp(line, with, length) == 0;
}

/* Appends "[section]" and "names" lines, as the page's OPTIONS have them. */
static void list_page(char *page, pil_buffer *out)
{
    bool is_in_options = false, is_names = false;
    char *lines = NULL;
    for (char *line = strtok_r(page, "\n", &lines); line != NULL;
         line = strtok_r(NULL, "\n", &lines)) {
        const char *rest;
        char text[LINE_MAX_BYTES];
        pil_status status = PIL_OK;
        if (begins(line, ".SH ", &rest)) {
            is_in_options = strcmp(rest, "OPTIONS") == 0;
        } else if (is_in_options && begins(line, ".SS ", &rest)) {
            rest += *rest == '"';
            status = pil_buffer_appendf(out, "[%.*s]\n", (int)strcspn(rest, "\""), rest);
        } else if (is_in_options && is_names) {
            plain_text(line, text);
            status = pil_buffer_appendf(out, "%s\n", text);
        }
        cr_assert_eq(status, PIL_OK);
        is_names = strcmp(line, ".TP") == 0;
    }
}

static void list_table(const pil_option_table *table, pil_buffer *out)
{
    for (size_t i = 0; i < table->n_options; i++) {
        const pil_option *option = &table->options[i];
        char text[LINE_MAX_BYTES];
        if (option->section != NULL)
            cr_assert_eq(pil_buffer_appendf(out, "[%s]\n", option->section), PIL_OK);
        expected_text(option, text);
        cr_assert_eq(pil_buffer_appendf(out, "%s\n", text), PIL_OK);
    }
}

static void expect_page_has_table(const pil_option_table *table)
{
    pil_buffer page, listed, expected;
    pil_error err = {0};
    char path[1024];
    pil_buffer_init(&page, PAGE_MAX_BYTES);
    pil_buffer_init(&listed, PAGE_MAX_BYTES);
    pil_buffer_init(&expected, PAGE_MAX_BYTES);
    snprintf(path, sizeof path, "%s/%s.1", PILCROW_MAN_DIR, table->program);
    cr_assert_eq(pil_file_read(path, &page, &err), PIL_OK, "%s: %s", path, err.message);
    list_page(page.bytes, &listed);
    list_table(table, &expected);
    cr_expect_str_eq(listed.bytes, expected.bytes);
    pil_buffer_dispose(&page);
    pil_buffer_dispose(&listed);
    pil_buffer_dispose(&expected);
}

Test(man_pages, pilcrow_has_the_options_of_its_table)
{
    expect_page_has_table(&pil_query_option_table);
}

Test(man_pages, pilcrow_index_has_the_options_of_its_table)
{
    expect_page_has_table(&pil_index_option_table);
}
