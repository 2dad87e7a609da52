/* Answers of one key: from a terminal as soon as it is pressed, from anything else a line each. */
#ifndef QUERY_KEY_INPUT_H
#define QUERY_KEY_INPUT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* What is no key with a character. */
enum {
    PIL_KEY_OTHER = -1,   /* anything else: an arrow, a line of several characters or of none */
    PIL_KEY_END = -2,     /* nothing follows */
    PIL_KEY_STOPPED = -3, /* the program was stopped, and goes on: what was shown is out of sight */
    PIL_KEY_SIGNAL = -4   /* a signal asks to end */
};

typedef struct pil_key_input {
    int fd;
    bool is_terminal;
    char bytes[256]; /* read ahead: bytes[at..n) */
    size_t at, n;
    int signal; /* with PIL_KEY_SIGNAL: which; for the caller to raise when it has tidied up */
} pil_key_input;

/* fd stays the caller's. */
void pil_key_input_init(pil_key_input *input, int fd);

/* Waits for the next key: an ASCII character, lower case, or one of those above. A terminal waits
 * without echo and for single characters during the call, and is as before when it returns; SIGINT,
 * SIGTERM, SIGHUP, SIGQUIT and SIGTSTP are held meanwhile, unless they are ignored. For the main
 * thread of a program that has no other. PIL_IO. */
PIL_NODISCARD pil_status pil_key_input_read(pil_key_input *input, int *key, pil_error *err);

#endif
