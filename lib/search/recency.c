#include "recency.h"

#include "search/dates.h"

double pil_recency_share(const char *date, uint32_t today, uint32_t half_age)
{
    uint32_t first_day, last_day;
    if (!pil_dates_of_article(date, &first_day, &last_day))
        return 0;
    int64_t age = pil_dates_days_between(first_day, today);
    return age <= 0 ? 1 : half_age / ((double)half_age + (double)age);
}
