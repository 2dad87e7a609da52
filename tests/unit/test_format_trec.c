#include "query/format.h"

#include "support/sample_hit.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static char *rendered(const pil_format_settings *settings, const pil_hit *hits, size_t n_hits)
{
    return pil_sample_render(pil_format_trec_new, settings, hits, n_hits);
}

Test(format_trec, a_hit_is_a_line_of_six_fields)
{
    pil_hit hits[] = {pil_sample_hit(), pil_sample_hit()};
    hits[1].rank = 2;
    hits[1].score = 7;
    hits[1].article = "/srv/speeches.jsonl#ALB_25_1970";
    hits[1].paragraph = 17;
    pil_format_settings settings = pil_sample_settings();
    settings.topic = "31";
    settings.run = "bm25";
    char *text = rendered(&settings, hits, 2);
    cr_expect_str_eq(text, "31 Q0 nato/skopje.txt:5 1 8.412300 bm25\n"
                           "31 Q0 /srv/speeches.jsonl#ALB_25_1970:17 2 7.000000 bm25\n");
    free(text);
}

Test(format_trec, what_would_split_or_break_a_line_is_percent_encoded)
{
    static const struct {
        const char *article, *docid;
    } cases[] = {
        {"/home/u/news/a b.txt", "a%20b.txt"},
        {"/home/u/news/a\nb\t.txt", "a%0Ab%09.txt"},
        {"/home/u/news/100%.txt", "100%25.txt"},
        {"/home/u/news/\xFF\x1B.txt", "%FF%1B.txt"},
        {"/home/u/news/\xC2\xA0\xE3\x80\x80", "%C2%A0%E3%80%80"},
        {"/home/u/news/\xC5\xA1.txt", "\xC5\xA1.txt"},
    };
    const pil_format_settings settings = pil_sample_settings();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_hit hit = pil_sample_hit();
        char expected[128];
        snprintf(expected, sizeof expected, "1 Q0 %s:5 1 8.412300 pilcrow\n", cases[i].docid);
        hit.article = cases[i].article;
        char *text = rendered(&settings, &hit, 1);
        cr_expect_str_eq(text, expected);
        free(text);
    }
}

Test(format_trec, a_full_disk_is_an_error)
{
    pil_format_settings settings = pil_sample_settings();
    settings.out = fopen("/dev/full", "w");
    cr_assert_not_null(settings.out);
    const pil_hit hit = pil_sample_hit();
    cr_expect_eq(pil_sample_run(pil_format_trec_new, &settings, &hit, 1, NULL), PIL_IO);
    fclose(settings.out);
}
