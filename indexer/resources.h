/* What this machine gives the indexer, when nobody says otherwise. */
#ifndef INDEXER_RESOURCES_H
#define INDEXER_RESOURCES_H

#include <stdint.h>

/* A quarter of the machine's memory, within [min, max], in bytes. */
uint64_t pil_resources_memory(uint64_t min, uint64_t max);
/* The processors that this process may run on, at least 1. */
unsigned pil_resources_processors(void);

#endif
