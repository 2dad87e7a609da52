/* Workers, and an analyser for each of them, made when it is first needed. Private to this folder.
 */
#ifndef INDEX_ANALYSER_POOL_H
#define INDEX_ANALYSER_POOL_H

#include "base/workers.h"
#include "text/analyser.h"

typedef struct pil_analyser_pool {
    pil_workers *workers;
    pil_analyser **analysers; /* one for each worker; NULL until it needs one */
} pil_analyser_pool;

/* PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_analyser_pool_init(pil_analyser_pool *pool, unsigned n_threads,
                                                pil_error *err);
/* Ends the workers. A zeroed pool is fine. */
void pil_analyser_pool_dispose(pil_analyser_pool *pool);

/* The analyser of the worker that calls. */
PIL_NODISCARD pil_status pil_analyser_pool_get(pil_analyser_pool *pool, unsigned worker,
                                               pil_analyser **out, pil_error *err);

#endif
