#include "base/workers.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

enum { N_TASKS = 500 };

/* ---- tasks ---- */

typedef struct job {
    unsigned number, n_workers;
    unsigned result;
    atomic_uint *n_begun; /* in order: this is how many were begun before */
    unsigned turn;
} job;

static pil_status square(void *context, unsigned worker, pil_error *err)
{
    job *self = context;
    if (worker >= self->n_workers)
        return pil_error_set(err, PIL_INTERNAL, "worker %u of %u", worker, self->n_workers);
    self->turn = atomic_fetch_add(self->n_begun, 1);
    self->result = self->number * self->number;
    return PIL_OK;
}

static pil_status fail(void *context, unsigned worker, pil_error *err)
{
    (void)worker;
    return pil_error_set(err, PIL_CORRUPT, "task %u failed", ((job *)context)->number);
}

static pil_status signals_are_blocked(void *context, unsigned worker, pil_error *err)
{
    (void)context;
    (void)worker;
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    return sigismember(&blocked, SIGTERM) && sigismember(&blocked, SIGINT)
               ? PIL_OK
               : pil_error_set(err, PIL_INTERNAL, "signals come to a worker");
}

static pil_workers *make(unsigned n)
{
    pil_workers *workers;
    cr_assert_eq(pil_workers_new(&workers, n, NULL), PIL_OK);
    cr_assert_eq(pil_workers_count(workers), n);
    return workers;
}

/* ---- tests ---- */

static void expect_all_done(unsigned n_workers)
{
    static job jobs[N_TASKS];
    static pil_task *tasks[N_TASKS];
    atomic_uint n_begun = 0;
    pil_workers *workers = make(n_workers);
    pil_error err = {0};
    for (unsigned i = 0; i < N_TASKS; i++) {
        jobs[i] = (job){.number = i, .n_workers = n_workers, .n_begun = &n_begun};
        cr_assert_eq(pil_workers_submit(workers, square, &jobs[i], &tasks[i], NULL), PIL_OK);
    }
    /* The last first: waiting is in any order. */
    for (unsigned i = N_TASKS; i-- > 0;) {
        cr_assert_eq(pil_workers_wait(workers, tasks[i], &err), PIL_OK, "%s", err.message);
        cr_expect_eq(jobs[i].result, i * i);
    }
    cr_expect_eq(n_begun, N_TASKS);
    pil_workers_free(workers);
}

Test(workers, every_task_is_done_once_whatever_their_number)
{
    for (unsigned n = 1; n <= 9; n++)
        expect_all_done(n);
}

Test(workers, one_worker_begins_tasks_in_the_order_they_came)
{
    job jobs[N_TASKS];
    pil_task *tasks[N_TASKS];
    atomic_uint n_begun = 0;
    pil_workers *workers = make(1);
    for (unsigned i = 0; i < N_TASKS; i++) {
        jobs[i] = (job){.number = i, .n_workers = 1, .n_begun = &n_begun};
        cr_assert_eq(pil_workers_submit(workers, square, &jobs[i], &tasks[i], NULL), PIL_OK);
    }
    for (unsigned i = 0; i < N_TASKS; i++) {
        cr_assert_eq(pil_workers_wait(workers, tasks[i], NULL), PIL_OK);
        cr_expect_eq(jobs[i].turn, i);
    }
    pil_workers_free(workers);
}

Test(workers, a_failure_comes_with_its_message_to_who_waits_for_the_task)
{
    for (unsigned n = 1; n <= 3; n++) {
        atomic_uint n_begun = 0;
        job good = {.number = 3, .n_workers = n, .n_begun = &n_begun}, bad = {.number = 7};
        pil_task *good_task, *bad_task;
        pil_workers *workers = make(n);
        pil_error err = {0};
        cr_assert_eq(pil_workers_submit(workers, fail, &bad, &bad_task, NULL), PIL_OK);
        cr_assert_eq(pil_workers_submit(workers, square, &good, &good_task, NULL), PIL_OK);
        cr_expect_eq(pil_workers_wait(workers, good_task, &err), PIL_OK);
        cr_expect_eq(good.result, 9);
        cr_expect_eq(pil_workers_wait(workers, bad_task, &err), PIL_CORRUPT);
        cr_expect_str_eq(err.message, "task 7 failed");
        pil_workers_free(workers);
    }
}

Test(workers, signals_are_left_to_the_main_thread)
{
    pil_task *task;
    pil_workers *workers = make(2);
    pil_error err = {0};
    cr_assert_eq(pil_workers_submit(workers, signals_are_blocked, NULL, &task, NULL), PIL_OK);
    cr_expect_eq(pil_workers_wait(workers, task, &err), PIL_OK, "%s", err.message);
    pil_workers_free(workers);
    pil_workers_free(NULL);
}
