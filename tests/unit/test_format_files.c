#include "query/format.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static pil_hit hit_in(const char *path)
{
    pil_hit hit = pil_sample_hit();
    hit.path = path;
    return hit;
}

Test(format_files, a_file_is_written_once_and_where_its_best_hit_stands)
{
    const pil_format_settings settings = pil_sample_settings();
    const pil_hit hits[] = {hit_in("/home/u/news/b.txt"), hit_in("/srv/a.txt"),
                            hit_in("/home/u/news/b.txt")};
    char *text = pil_sample_render(pil_format_files_new, &settings, hits, 3);
    cr_expect_str_eq(text, "b.txt\n/srv/a.txt\n");
    free(text);
}

Test(format_files, an_odd_name_is_quoted)
{
    const pil_format_settings settings = pil_sample_settings();
    const pil_hit hit = hit_in("/home/u/news/a\nb.txt");
    char *text = pil_sample_render(pil_format_files_new, &settings, &hit, 1);
    cr_expect_str_eq(text, "$'a\\nb.txt'\n");
    free(text);
}

Test(format_files, with_a_nul_behind_it_a_name_is_as_it_is)
{
    pil_format_settings settings = pil_sample_settings();
    settings.ends_with_nul = true;
    const pil_hit hit = hit_in("/home/u/news/a\nb.txt");
    char *text = pil_sample_render(pil_format_files_new, &settings, &hit, 1);
    cr_expect_str_eq(text, "a\nb.txt");
    free(text);
}
