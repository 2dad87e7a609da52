#include "query/hyperlink.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* The address that a format makes of a path; the caller frees it. */
static char *address_of(const char *format, const char *path)
{
    const char *template_text;
    pil_hit hit = pil_sample_hit();
    hit.path = path;
    pil_buffer address;
    pil_buffer_init(&address, 1000);
    cr_assert_eq(pil_hyperlink_read(format, &template_text, NULL), PIL_OK, "%s", format);
    cr_assert_not_null(template_text);
    cr_assert_eq(pil_hyperlink_append(template_text, "my-host", &hit, &address), PIL_OK);
    return pil_buffer_take(&address, NULL);
}

static void expect_address(const char *format, const char *path, const char *wanted)
{
    char *address = address_of(format, path);
    cr_expect_str_eq(address, wanted);
    free(address);
}

Test(hyperlink, names_are_formats)
{
    expect_address("file", "/a/b.txt", "file://my-host/a/b.txt");
    expect_address("kitty", "/a/b.txt", "file://my-host/a/b.txt#12");
    expect_address("page", "/a/b.pdf", "file://my-host/a/b.pdf#page=1");
    expect_address("vscode", "/a/b.txt", "vscode://file/a/b.txt:12:1");
    expect_address("vscodium", "/a/b.txt", "vscodium://file/a/b.txt:12:1");
    expect_address("textmate", "/a/b.txt", "txmt://open?url=file:///a/b.txt&line=12&column=1");
}

Test(hyperlink, of_a_file_in_an_archive_it_leads_to_the_archive)
{
    const char *template_text;
    pil_hit hit = pil_sample_hit();
    hit.path = "/a/b.zip";
    hit.member = "c.pdf";
    hit.page = 7;
    pil_buffer address;
    pil_buffer_init(&address, 1000);
    cr_assert_eq(pil_hyperlink_read("x:{path}?{line}&{page}", &template_text, NULL), PIL_OK);
    cr_assert_eq(pil_hyperlink_append(template_text, "my-host", &hit, &address), PIL_OK);
    cr_expect_str_eq(address.bytes, "x:/a/b.zip?1&1");
    pil_buffer_dispose(&address);
}

Test(hyperlink, none_is_no_template)
{
    const char *template_text = "x";
    cr_assert_eq(pil_hyperlink_read("none", &template_text, NULL), PIL_OK);
    cr_expect_null(template_text);
}

Test(hyperlink, a_template_has_variables)
{
    expect_address("my+x.y-1:{path}?l={line}&p={page}&c={column}&h={host}", "/a",
                   "my+x.y-1:/a?l=12&p=1&c=1&h=my-host");
    expect_address("x:{path}{path}", "/a", "x:/a/a");
}

Test(hyperlink, a_path_is_encoded)
{
    expect_address("file", "/a b/\xC4\x8D?#%:;\\{line}.txt",
                   "file://my-host/a%20b/%C4%8D%3F%23%25%3A%3B%5C%7Bline%7D.txt");
    expect_address("file", "/Az09-._~/x", "file://my-host/Az09-._~/x");
}

Test(hyperlink, no_byte_of_a_path_or_host_can_end_the_escape_sequence)
{
    char path[257] = "/";
    for (int i = 1; i < 256; i++)
        path[i] = (char)i;
    path[256] = '\0';
    char *address = address_of("file", path);
    for (const char *at = address; *at != '\0'; at++)
        cr_expect((unsigned char)*at > ' ' && (unsigned char)*at < 0x7F, "%s", address);
    free(address);
    pil_buffer out;
    pil_hit hit = pil_sample_hit();
    pil_buffer_init(&out, 1000);
    cr_assert_eq(pil_hyperlink_append("x:{host}{path}", "a\x1B\\", &hit, &out), PIL_OK);
    cr_expect_eq(strncmp(out.bytes, "x:a%1B%5C/", 10), 0, "%s", out.bytes);
    pil_buffer_dispose(&out);
}

Test(hyperlink, standard_input_has_no_address)
{
    expect_address("file", "-", "");
}

Test(hyperlink, what_is_no_format_is_refused)
{
    static const char *const wrong[] = {"",
                                        "vim",
                                        "file://",
                                        "x:{line}",
                                        "{path}",
                                        "1x:{path}",
                                        ":{path}",
                                        "x y:{path}",
                                        "x:{path} ",
                                        "x:{path}\x1B\\",
                                        "x:{path}\x07",
                                        "x:{path}\xC2\x9C",
                                        "x:{path}{",
                                        "x:{path}}",
                                        "x:{path}{title}",
                                        "x:{{path}}",
                                        "x:{path"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *template_text = "x";
        pil_error err = {0};
        cr_expect_eq(pil_hyperlink_read(wrong[i], &template_text, &err), PIL_INVALID_ARGUMENT, "%s",
                     wrong[i]);
        cr_expect_null(template_text);
        cr_expect_str_not_empty(err.message);
    }
}
