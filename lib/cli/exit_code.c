#include "cli/exit_code.h"

pil_exit_code pil_exit_code_of(pil_status status)
{
    switch (status) {
    case PIL_OK:
    case PIL_DONE:
        return PIL_EXIT_DONE;
    case PIL_INVALID_ARGUMENT:
    case PIL_BAD_QUERY:
    case PIL_UNSUPPORTED:
        return PIL_EXIT_USAGE;
    case PIL_BAD_INPUT:
        return PIL_EXIT_SKIPPED;
    case PIL_NOT_FOUND:
    case PIL_STALE:
    case PIL_CORRUPT:
    case PIL_INCOMPATIBLE:
        return PIL_EXIT_INDEX;
    case PIL_BUSY:
        return PIL_EXIT_LOCKED;
    case PIL_NO_MEMORY:
    case PIL_IO:
    case PIL_EXISTS:
    case PIL_INTERNAL:
        return PIL_EXIT_SYSTEM;
    }
    return PIL_EXIT_SYSTEM;
}
