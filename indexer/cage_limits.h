/* What a pilcrow-extract may use up for one file. docs/formats.md says so to people. */
#ifndef INDEXER_CAGE_LIMITS_H
#define INDEXER_CAGE_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

/* Memory beside the file itself. */
#define PIL_CAGE_MEMORY_BYTES (UINT64_C(1) << 30)
/* Seconds of the processor, and of the clock, and one more for each so many bytes of the file. */
enum { PIL_CAGE_CPU_SECONDS = 20, PIL_CAGE_WALL_SECONDS = 30, PIL_CAGE_BYTES_A_SECOND = 4 << 20 };
/* The same where OCR was asked for, of which a page takes seconds. */
enum { PIL_CAGE_OCR_SECONDS = 600, PIL_CAGE_OCR_BYTES_A_SECOND = 8 << 10 };
/* What may come out: so much, and when it is more than a little, so many times the file. */
#define PIL_CAGE_OUTPUT_BYTES (UINT64_C(256) << 20)
#define PIL_CAGE_OUTPUT_LITTLE (UINT64_C(8) << 20)
enum { PIL_CAGE_OUTPUT_TIMES = 100 };

/* Seconds beside those above for a file of n_bytes. */
static inline uint64_t pil_cage_more_seconds(uint64_t n_bytes, bool with_ocr)
{
    return with_ocr ? PIL_CAGE_OCR_SECONDS + n_bytes / PIL_CAGE_OCR_BYTES_A_SECOND
                    : n_bytes / PIL_CAGE_BYTES_A_SECOND;
}

/* Bytes that may be unpacked of a file of n_bytes, one piece after another. */
static inline uint64_t pil_cage_unpacked_max(uint64_t n_bytes)
{
    uint64_t times = n_bytes * PIL_CAGE_OUTPUT_TIMES;
    return times > PIL_CAGE_OUTPUT_LITTLE ? times : PIL_CAGE_OUTPUT_LITTLE;
}

/* Bytes of text that may come out of a file of n_bytes. */
static inline uint64_t pil_cage_output_max(uint64_t n_bytes)
{
    uint64_t max = pil_cage_unpacked_max(n_bytes);
    return max < PIL_CAGE_OUTPUT_BYTES ? max : PIL_CAGE_OUTPUT_BYTES;
}

#endif
