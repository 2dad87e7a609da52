#include "citation.h"

#include "hit_fields.h"
#include "search/dates.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

bool pil_citation_date_read(const char *date, pil_citation_date *out)
{
    uint32_t first_day, last_day;
    if (!pil_dates_of_article(date, &first_day, &last_day))
        return false;
    /* A year takes the days of several months, a month those of one. */
    bool has_month = first_day / 100 == last_day / 100;
    *out = (pil_citation_date){.year = first_day / 10000,
                               .month = has_month ? first_day / 100 % 100 : 0,
                               .day = first_day == last_day ? first_day % 100 : 0};
    return true;
}

bool pil_citation_next_author(const char **at, pil_citation_author *author)
{
    const char *begin = *at + strspn(*at, "; \t\r\n");
    const char *end = begin + strcspn(begin, ";");
    *at = end;
    while (end > begin && strchr(" \t\r\n", end[-1]) != NULL)
        end--;
    *author = (pil_citation_author){begin, (size_t)(end - begin)};
    return end > begin;
}

pil_status pil_citation_place(const pil_hit *hit, pil_buffer *out)
{
    pil_status status = PIL_OK;
    if (hit->page > 0)
        status = pil_buffer_appendf(out, "p. %u, ", (unsigned)hit->page);
    return status == PIL_OK ? pil_buffer_appendf(out, "paragraph %u", (unsigned)hit->paragraph)
                            : status;
}

pil_status pil_citation_note(const pil_hit *hit, const pil_format_settings *settings,
                             pil_buffer *out, pil_error *err)
{
    pil_status status = pil_citation_place(hit, out);
    bool has_path = hit->url[0] == '\0';
    if (status == PIL_OK && has_path)
        status = pil_buffer_append_string(out, ", ");
    if (status != PIL_OK)
        return pil_error_no_memory(err);
    return has_path ? pil_hit_file_append(hit, settings, out, err) : PIL_OK;
}

void pil_citation_key(const pil_hit *hit, char key[PIL_CITATION_KEY_BYTES])
{
    snprintf(key, PIL_CITATION_KEY_BYTES, "pilcrow-%s", hit->id);
}
