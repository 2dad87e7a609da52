#include "base/workers.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

struct pil_task {
    pil_task_run run;
    void *context;
    pil_task *next; /* in the queue */
    bool is_done;
    pil_status status;
    pil_error error;
};

typedef struct worker {
    pil_workers *workers;
    unsigned number;
    pthread_t thread;
} worker;

struct pil_workers {
    worker *items; /* [0..n) */
    unsigned n, n_started;
    pthread_mutex_t mutex;   /* guards all that follows, and the tasks */
    pthread_cond_t has_task; /* or is_closing */
    pthread_cond_t is_done;  /* some task */
    pil_task *first, *last;  /* the queue */
    bool is_closing;
};

pil_status pil_workers_new(pil_workers **out, unsigned n_threads, pil_error *err)
{
    *out = NULL;
    pil_workers *workers = calloc(1, sizeof *workers);
    if (workers == NULL)
        return pil_error_no_memory(err);
    workers->n = n_threads;
    workers->items = calloc(n_threads, sizeof *workers->items);
    if (workers->items == NULL) {
        free(workers);
        return pil_error_no_memory(err);
    }
    pthread_mutex_init(&workers->mutex, NULL);
    pthread_cond_init(&workers->has_task, NULL);
    pthread_cond_init(&workers->is_done, NULL);
    *out = workers;
    return PIL_OK;
}

unsigned pil_workers_count(const pil_workers *workers)
{
    return workers->n;
}

/* Takes the first task out of the queue; NULL when it is empty. */
static pil_task *take(pil_workers *workers)
{
    pil_task *task = workers->first;
    if (task == NULL)
        return NULL;
    workers->first = task->next;
    if (workers->first == NULL)
        workers->last = NULL;
    return task;
}

/* Runs task with the mutex released. */
static void run(pil_workers *workers, pil_task *task, unsigned number)
{
    pthread_mutex_unlock(&workers->mutex);
    pil_status status = task->run(task->context, number, &task->error);
    pthread_mutex_lock(&workers->mutex);
    task->status = status;
    task->is_done = true;
    pthread_cond_broadcast(&workers->is_done);
}

static void *work(void *context)
{
    worker *self = context;
    pil_workers *workers = self->workers;
    pthread_mutex_lock(&workers->mutex);
    while (!workers->is_closing) {
        pil_task *task = take(workers);
        if (task == NULL)
            pthread_cond_wait(&workers->has_task, &workers->mutex);
        else
            run(workers, task, self->number);
    }
    pthread_mutex_unlock(&workers->mutex);
    return NULL;
}

void pil_workers_free(pil_workers *workers)
{
    if (workers == NULL)
        return;
    pthread_mutex_lock(&workers->mutex);
    workers->is_closing = true;
    pthread_cond_broadcast(&workers->has_task);
    pthread_mutex_unlock(&workers->mutex);
    for (unsigned i = 0; i < workers->n_started; i++)
        pthread_join(workers->items[i].thread, NULL);
    for (pil_task *task; (task = take(workers)) != NULL;)
        free(task);
    pthread_cond_destroy(&workers->has_task);
    pthread_cond_destroy(&workers->is_done);
    pthread_mutex_destroy(&workers->mutex);
    free(workers->items);
    free(workers);
}

/* Signals are the main thread's business. */
static pil_status start_one(pil_workers *workers, pil_error *err)
{
    worker *item = &workers->items[workers->n_started];
    *item = (worker){.workers = workers, .number = workers->n_started};
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failure = pthread_create(&item->thread, NULL, work, item);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failure != 0)
        return pil_error_set_errno(err, failure, "cannot start a thread");
    workers->n_started++;
    return PIL_OK;
}

pil_status pil_workers_submit(pil_workers *workers, pil_task_run task_run, void *context,
                              pil_task **out, pil_error *err)
{
    *out = NULL;
    pil_task *task = calloc(1, sizeof *task);
    if (task == NULL)
        return pil_error_no_memory(err);
    task->run = task_run;
    task->context = context;
    /* A thread for each task until all are there. That one cannot be started matters only when
     * there is none. */
    if (workers->n > 1 && workers->n_started < workers->n) {
        pil_status status = start_one(workers, err);
        if (status != PIL_OK && workers->n_started == 0) {
            free(task);
            return status;
        }
    }
    pthread_mutex_lock(&workers->mutex);
    if (workers->last == NULL)
        workers->first = task;
    else
        workers->last->next = task;
    workers->last = task;
    pthread_cond_signal(&workers->has_task);
    pthread_mutex_unlock(&workers->mutex);
    *out = task;
    return PIL_OK;
}

pil_status pil_workers_wait(pil_workers *workers, pil_task *task, pil_error *err)
{
    pthread_mutex_lock(&workers->mutex);
    while (!task->is_done) {
        /* Without threads the task is in the queue, and is done here in its turn. */
        pil_task *first = workers->n_started > 0 ? NULL : take(workers);
        if (first != NULL)
            run(workers, first, 0);
        else
            pthread_cond_wait(&workers->is_done, &workers->mutex);
    }
    pthread_mutex_unlock(&workers->mutex);
    pil_status status = task->status;
    if (status != PIL_OK && err != NULL)
        *err = task->error;
    free(task);
    return status;
}
