/* The descriptors that every program expects to have. */
#ifndef CLI_DESCRIPTORS_H
#define CLI_DESCRIPTORS_H

#include <stdbool.h>

/* Takes those of the descriptors 0, 1 and 2 that are closed, so that no file opened later gets such
 * a number and what is printed lands in it: writing to them fails as to a closed one. To be called
 * before anything is opened. False when /dev/null cannot be opened. */
bool pil_descriptors_hold(void);

#endif
