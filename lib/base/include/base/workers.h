/* Threads that work off tasks. Results depend on the tasks alone, not on how many threads there
 * are or which one did what.
 *
 * Thread rule: submit and wait from the one thread that made the workers. */
#ifndef BASE_WORKERS_H
#define BASE_WORKERS_H

#include "base/error.h"

typedef struct pil_workers pil_workers;
typedef struct pil_task pil_task;

/* Runs in one of the threads; worker, below the number of workers, tells which: for what each
 * thread has of its own. */
typedef pil_status (*pil_task_run)(void *context, unsigned worker, pil_error *err);

/* n_threads is at least 1. With 1, tasks are run by the caller while it waits. Otherwise threads
 * are started when first needed, with all signals blocked. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_workers_new(pil_workers **out, unsigned n_threads, pil_error *err);
/* Waits for tasks that are running, drops those that are not, ends the threads. NULL is fine. */
void pil_workers_free(pil_workers *workers);
unsigned pil_workers_count(const pil_workers *workers);

/* Queues a task: they are begun in the order submitted. *out must be waited for, once.
 * PIL_NO_MEMORY, PIL_IO when no thread can be started. */
PIL_NODISCARD pil_status pil_workers_submit(pil_workers *workers, pil_task_run run, void *context,
                                            pil_task **out, pil_error *err);
/* Waits until the task is done, frees it, and returns what it returned. */
PIL_NODISCARD pil_status pil_workers_wait(pil_workers *workers, pil_task *task, pil_error *err);

#endif
