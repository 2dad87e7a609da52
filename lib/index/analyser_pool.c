#include "analyser_pool.h"

#include <stdlib.h>

pil_status pil_analyser_pool_init(pil_analyser_pool *pool, unsigned n_threads, pil_error *err)
{
    *pool = (pil_analyser_pool){.analysers = calloc(n_threads, sizeof(pil_analyser *))};
    if (pool->analysers == NULL)
        return pil_error_no_memory(err);
    return pil_workers_new(&pool->workers, n_threads, err);
}

void pil_analyser_pool_dispose(pil_analyser_pool *pool)
{
    unsigned n = pool->workers == NULL ? 0 : pil_workers_count(pool->workers);
    pil_workers_free(pool->workers);
    for (unsigned i = 0; i < n; i++)
        pil_analyser_free(pool->analysers[i]);
    free(pool->analysers);
    *pool = (pil_analyser_pool){0};
}

pil_status pil_analyser_pool_get(pil_analyser_pool *pool, unsigned worker, pil_analyser **out,
                                 pil_error *err)
{
    pil_status status = PIL_OK;
    if (pool->analysers[worker] == NULL)
        status = pil_analyser_new(&pool->analysers[worker], err);
    *out = pool->analysers[worker];
    return status;
}
