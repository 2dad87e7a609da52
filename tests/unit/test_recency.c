#include "recency.h"

#include <criterion/criterion.h>

enum { TODAY = 20260301, HALF_AGE = 10 };

static double share(const char *date)
{
    return pil_recency_share(date, TODAY, HALF_AGE);
}

Test(recency, the_share_is_a_half_at_the_half_age_and_falls_as_its_reciprocal)
{
    cr_expect_float_eq(share("2026-03-01"), 1, 1e-12);
    cr_expect_float_eq(share("2026-02-19"), 0.5, 1e-12, "ten days before");
    cr_expect_float_eq(share("2026-02-09"), 1 / 3.0, 1e-12, "twenty");
    cr_expect_float_eq(share("2024-02-29T10:00:00Z"), 10 / (10 + 731.0), 1e-12, "a leap year ago");
}

Test(recency, a_date_counts_from_the_first_day_that_it_names)
{
    cr_expect_float_eq(share("2026"), share("2026-01-01"), 1e-12);
    cr_expect_float_eq(share("2026-02"), share("2026-02-01"), 1e-12);
}

Test(recency, what_is_to_come_is_of_today)
{
    cr_expect_eq(share("2026-03-02"), 1);
    cr_expect_eq(share("9999-12-31"), 1);
}

Test(recency, what_has_no_date_gains_nothing)
{
    cr_expect_eq(share(""), 0);
    cr_expect_eq(share("spring"), 0);
    cr_expect_eq(share("2026-02-30"), 0);
}

Test(recency, all_dates_and_ages_give_a_share)
{
    cr_expect_gt(pil_recency_share("0001-01-01", TODAY, 1), 0);
    cr_expect_leq(pil_recency_share("0001-01-01", TODAY, UINT32_MAX), 1);
    cr_expect_eq(pil_recency_share("2020", 0, HALF_AGE), 1, "today is not known");
}
