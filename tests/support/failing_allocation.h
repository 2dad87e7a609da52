/* Makes allocations of our own code fail, so that tests see what follows. Link
 * pilcrow-failing-allocation, which wraps malloc and its kin in the objects of the test program;
 * those of shared libraries are not touched. One thread only. */
#ifndef SUPPORT_FAILING_ALLOCATION_H
#define SUPPORT_FAILING_ALLOCATION_H

#include <stdbool.h>
#include <stddef.h>

/* From now on n_allocations succeed, and all behind them fail. */
void pil_failing_allocation_after(size_t n_allocations);

/* All succeed again. Returns whether any has failed. */
bool pil_failing_allocation_stop(void);

#endif
