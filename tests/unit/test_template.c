#include "query/template.h"

#include "query/format.h"
#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void expect(const char *template_text, bool ends_with_nul, const char *wanted)
{
    pil_format_settings settings = pil_sample_settings();
    settings.template_text = template_text;
    settings.ends_with_nul = ends_with_nul;
    const pil_hit hit = pil_sample_hit_with_text("two\nlines", NULL, 0);
    char *text = pil_sample_render(pil_format_template_new, &settings, &hit, 1);
    cr_expect_str_eq(text, wanted, "%s", template_text);
    free(text);
}

static void expect_refused(const char *template_text, const char *message)
{
    pil_template read;
    pil_error err = {0};
    cr_expect_eq(pil_template_read(template_text, &read, &err), PIL_INVALID_ARGUMENT, "%s",
                 template_text);
    cr_expect_not_null(strstr(err.message, message), "%s", err.message);
}

Test(template, fields_stand_in_braces)
{
    expect("{rank}\\t{path}:{line}\\t{text}", false, "1\tnato/skopje.txt:12\ttwo lines\n");
}

Test(template, other_text_stays)
{
    expect("no field", false, "no field\n");
    expect("", false, "\n");
    expect("\xC2\xB6{paragraph}", false,
           "\xC2\xB6"
           "5\n");
}

Test(template, braces_and_backslashes_can_be_written)
{
    expect("{{{rank}}} \\\\ a\\nb", false, "{1} \\ a\nb\n");
}

Test(template, a_nul_can_end_a_hit)
{
    expect("{rank}", true, "1");
}

Test(template, what_is_wrong_is_named)
{
    expect_refused("{rank", "not closed: {rank");
    expect_refused("{ra{nk}}", "not closed");
    expect_refused("rank}", "not opened");
    expect_refused("{file}", "a field {file}; there are: topic, rank, score, path");
    expect_refused("{}", "a field {}");
    expect_refused("a\\x", "a backslash before something else");
    expect_refused("a\\", "a backslash before something else");
}

Test(template, each_field_has_a_name_that_finds_it)
{
    for (int i = 0; i < PIL_HIT_N_FIELDS; i++) {
        const char *name = pil_hit_field_name((pil_hit_field)i);
        pil_hit_field field;
        cr_assert(pil_hit_field_find(name, strlen(name), &field));
        cr_expect_eq((int)field, i);
    }
}
