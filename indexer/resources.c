#define _GNU_SOURCE /* sched_getaffinity */
#include "resources.h"

#include <sched.h>
#include <unistd.h>

uint64_t pil_resources_memory(uint64_t min, uint64_t max)
{
    long n_pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
    if (n_pages <= 0 || page_bytes <= 0)
        return min;
    uint64_t quarter = (uint64_t)n_pages * (uint64_t)page_bytes / 4;
    return quarter < min ? min : quarter > max ? max : quarter;
}

unsigned pil_resources_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
        return (unsigned)CPU_COUNT(&set);
    long n = sysconf(_SC_NPROCESSORS_ONLN); /* more than the set has room for */
    return n > 0 ? (unsigned)n : 1;
}
