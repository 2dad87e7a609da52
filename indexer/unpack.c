#include "unpack.h"

#include "cage_limits.h"

enum { PIECE_BYTES = 64 * 1024 };

pil_status pil_unpack(struct archive *archive, pil_buffer *out, uint64_t *room, const char *what,
                      pil_error *err)
{
    uint64_t begin = out->length;
    for (;;) {
        if (pil_buffer_reserve(out, PIECE_BYTES) != PIL_OK)
            return pil_error_no_memory(err);
        la_ssize_t n = archive_read_data(archive, out->bytes + out->length, PIECE_BYTES);
        if (n == 0)
            return PIL_OK;
        if (n < 0)
            return pil_error_set(err, PIL_BAD_INPUT, "a damaged %s: %.100s", what,
                                 archive_error_string(archive));
        if ((uint64_t)n > *room || out->length - begin + (uint64_t)n > PIL_CAGE_OUTPUT_BYTES)
            return pil_error_set(err, PIL_BAD_INPUT,
                                 "it unpacks to more than %d times its size, or to more than %llu "
                                 "MB: a bomb",
                                 PIL_CAGE_OUTPUT_TIMES,
                                 (unsigned long long)(PIL_CAGE_OUTPUT_BYTES >> 20));
        *room -= (uint64_t)n;
        pil_buffer_set_length(out, out->length + (size_t)n);
    }
}

struct archive *pil_unpack_new(void)
{
    struct archive *archive = archive_read_new();
    if (archive == NULL)
        return NULL;
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_bzip2(archive);
    return archive;
}
