#include "support/failing_allocation.h"

#include <stdint.h>

/* The linker turns malloc into __wrap_malloc, and __real_malloc into malloc (option --wrap). */
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t length);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t length);

static size_t n_left = SIZE_MAX;
static bool is_counting, has_failed;

void pil_failing_allocation_after(size_t n_allocations)
{
    n_left = n_allocations;
    is_counting = true;
    has_failed = false;
}

bool pil_failing_allocation_stop(void)
{
    is_counting = false;
    return has_failed;
}

static bool fails(void)
{
    if (!is_counting)
        return false;
    if (n_left > 0) {
        n_left--;
        return false;
    }
    has_failed = true;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t length)
{
    return fails() ? NULL : __real_strndup(text, length);
}
