/* Any bytes as Org: no crash, and what the header promises of the articles. */
#include "reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_read(PIL_FORMAT_ORG, data, size);
    return 0;
}
