#include "read_query.h"

#include "query_fault.h"
#include "tell.h"

#include <stdlib.h>
#include <time.h>

uint32_t pil_today(void)
{
    time_t now = time(NULL);
    struct tm day;
    if (localtime_r(&now, &day) == NULL)
        return 0;
    return (uint32_t)(day.tm_year + 1900) * 10000 + (uint32_t)(day.tm_mon + 1) * 100 +
           (uint32_t)day.tm_mday;
}

pil_status pil_read_query(const pil_session *session, const char *text, size_t length,
                          bool require_all, pil_query **query, pil_query_fault *fault,
                          pil_error *err)
{
    const pil_query_settings settings = {.today = pil_today()};
    pil_status status =
        pil_query_parse(text, length, &settings, session->analyser, query, fault, err);
    if (status == PIL_OK && require_all)
        pil_query_require_all(*query);
    return status;
}

pil_query *pil_read_query_or_tell(const pil_session *session, pil_exit_code *code)
{
    const pil_query_options *options = session->options;
    pil_error err = {0};
    pil_query *query;
    pil_query_fault fault;
    pil_status status = pil_read_query(session, options->query, options->query_bytes, options->all,
                                       &query, &fault, &err);
    if (status == PIL_OK)
        return query;
    pil_tell("%s", err.message);
    if (status == PIL_BAD_QUERY)
        pil_query_fault_tell(options->query, options->query_bytes, &fault);
    free(fault.corrected);
    *code = pil_exit_code_of(status);
    return NULL;
}
