/* Any bytes as the front matter of a text: no crash, and what the header promises of the
 * article. */
#include "reading.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char before[] = "---\n", behind[] = "\n---\nText.\n";
    size_t n_before = sizeof before - 1, n_behind = sizeof behind - 1;
    uint8_t *text = malloc(n_before + size + n_behind);
    if (text == NULL)
        abort();
    memcpy(text, before, n_before);
    if (size > 0)
        memcpy(text + n_before, data, size);
    memcpy(text + n_before + size, behind, n_behind);
    fuzz_read(PIL_FORMAT_TEXT, text, n_before + size + n_behind);
    free(text);
    return 0;
}
