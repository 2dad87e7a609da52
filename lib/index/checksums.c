#include "checksums.h"

#include "base/buffer.h"
#include "base/file.h"
#include "index/schema.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHECKSUMS_MAX_BYTES = 1 << 28, SUM_DIGITS = 16 };

static uint64_t chunks_of(uint64_t n_bytes)
{
    return n_bytes / PIL_CHUNK_BYTES + (n_bytes % PIL_CHUNK_BYTES != 0);
}

/* ---- writing ---- */

static int by_name(const void *left, const void *right)
{
    const pil_file_checksums *const *a = left, *const *b = right;
    return strcmp((*a)->name, (*b)->name);
}

static pil_status put_file(pil_buffer *out, const pil_file_checksums *file)
{
    pil_status status = pil_buffer_appendf(out, "%s\t%" PRIu64 "\t", file->name, file->n_bytes);
    for (size_t i = 0; i < file->n_chunks && status == PIL_OK; i++)
        status = pil_buffer_appendf(out, "%s%016" PRIx64, i > 0 ? "," : "", file->chunks[i]);
    return status == PIL_OK ? pil_buffer_append_byte(out, '\n') : status;
}

static pil_status put_sorted(pil_buffer *out, const pil_file_checksums *files, size_t n,
                             pil_error *err)
{
    const pil_file_checksums **sorted = malloc((n + 1) * sizeof *sorted);
    if (sorted == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &files[i];
    qsort(sorted, n, sizeof *sorted, by_name);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = put_file(out, sorted[i]);
    free(sorted);
    if (status == PIL_INVALID_ARGUMENT)
        return pil_error_set(err, PIL_UNSUPPORTED, "the new segment is too large");
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

pil_status pil_checksums_write(const char *directory, const pil_file_checksums *files, size_t n,
                               pil_digest *digest, pil_error *err)
{
    pil_buffer lines;
    pil_buffer_init(&lines, CHECKSUMS_MAX_BYTES);
    char *path = pil_file_join(directory, PIL_CHECKSUMS_NAME);
    pil_status status = path == NULL ? pil_error_no_memory(err) : put_sorted(&lines, files, n, err);
    if (status == PIL_OK)
        status = pil_file_create(path, lines.bytes, lines.length, err);
    if (status == PIL_OK)
        status = pil_file_sync(directory, err);
    if (status == PIL_OK)
        *digest = pil_digest_of(lines.bytes, lines.length);
    free(path);
    pil_buffer_dispose(&lines);
    return status;
}

/* ---- reading ---- */

static void free_files(pil_file_checksums *files, size_t n)
{
    for (size_t i = 0; i < n; i++)
        pil_file_checksums_dispose(&files[i]);
    free(files);
}

static bool parse_sum(const char **at, uint64_t *sum)
{
    *sum = 0;
    for (int i = 0; i < SUM_DIGITS; i++, ++*at) {
        const char *digits = "0123456789abcdef";
        const char *digit = **at == '\0' ? NULL : strchr(digits, **at);
        if (digit == NULL)
            return false;
        *sum = *sum << 4 | (uint64_t)(digit - digits);
    }
    return true;
}

static bool parse_chunks(const char *at, pil_file_checksums *file)
{
    for (size_t i = 0; i < file->n_chunks; i++) {
        if (i > 0 && *at++ != ',')
            return false;
        if (!parse_sum(&at, &file->chunks[i]))
            return false;
    }
    return *at == '\0';
}

static bool parse_name(const char *line, const char *end, pil_file_checksums *file)
{
    size_t length = (size_t)(end - line);
    if (length == 0 || length >= sizeof file->name || memchr(line, '/', length) != NULL)
        return false;
    memcpy(file->name, line, length);
    file->name[length] = '\0';
    return true;
}

static pil_status damaged(pil_error *err)
{
    return pil_error_set(err, PIL_CORRUPT, "the segment's file %s is damaged", PIL_CHECKSUMS_NAME);
}

/* line: without its newline, a NUL in its place. */
static pil_status parse_line(const char *line, size_t length, pil_file_checksums *file,
                             pil_error *err)
{
    const char *name_end = strchr(line, '\t');
    if (name_end == NULL || !parse_name(line, name_end, file))
        return damaged(err);
    if (strchr("0123456789", name_end[1]) == NULL || name_end[1] == '\0')
        return damaged(err);
    char *number_end;
    file->n_bytes = strtoull(name_end + 1, &number_end, 10);
    uint64_t n_chunks = chunks_of(file->n_bytes);
    if (*number_end != '\t' || n_chunks > length)
        return damaged(err);
    file->n_chunks = (size_t)n_chunks;
    file->chunks = malloc((file->n_chunks + 1) * sizeof *file->chunks);
    if (file->chunks == NULL)
        return pil_error_no_memory(err);
    return parse_chunks(number_end + 1, file) ? PIL_OK : damaged(err);
}

static size_t count_lines(const pil_buffer *lines)
{
    size_t n = 0;
    for (size_t i = 0; i < lines->length; i++)
        n += lines->bytes[i] == '\n';
    return n;
}

static pil_status parse(pil_buffer *lines, pil_file_checksums **files, size_t *n, pil_error *err)
{
    size_t n_lines = count_lines(lines), at = 0;
    pil_file_checksums *parsed = calloc(n_lines + 1, sizeof *parsed);
    if (parsed == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < n_lines && status == PIL_OK; i++) {
        char *line = lines->bytes + at;
        char *end = memchr(line, '\n', lines->length - at);
        *end = '\0';
        status = parse_line(line, (size_t)(end - line), &parsed[i], err);
        at = (size_t)(end + 1 - lines->bytes);
    }
    if (status == PIL_OK && at != lines->length)
        status = damaged(err);
    if (status == PIL_OK) {
        *files = parsed;
        *n = n_lines;
    } else {
        free_files(parsed, n_lines);
    }
    return status;
}

pil_status pil_checksums_read(const char *directory, const pil_digest *expected,
                              pil_file_checksums **files, size_t *n, pil_error *err)
{
    *files = NULL;
    *n = 0;
    pil_buffer lines;
    pil_buffer_init(&lines, CHECKSUMS_MAX_BYTES);
    char *path = pil_file_join(directory, PIL_CHECKSUMS_NAME);
    pil_status status = path == NULL ? pil_error_no_memory(err) : pil_file_read(path, &lines, err);
    if (status == PIL_INVALID_ARGUMENT)
        status = damaged(err);
    if (status == PIL_OK &&
        strcmp(pil_digest_of(lines.bytes, lines.length).hex, expected->hex) != 0)
        status = damaged(err);
    if (status == PIL_OK)
        status = parse(&lines, files, n, err);
    free(path);
    pil_buffer_dispose(&lines);
    return status;
}

/* ---- verifying ---- */

/* The places of one file that are not as they were written: neighbouring chunks are one place. */
typedef struct damage {
    uint64_t first_byte, end_byte; /* of the first place */
    size_t n_places;
    bool is_last_damaged;
} damage;

static void note_chunk(damage *found, bool is_damaged, uint64_t begin, uint64_t end)
{
    if (is_damaged && !found->is_last_damaged && found->n_places++ == 0)
        found->first_byte = begin;
    if (is_damaged && found->n_places == 1)
        found->end_byte = end;
    found->is_last_damaged = is_damaged;
}

/* Reads up to length bytes: fewer at the end of the file. */
static bool read_fully(int fd, char *bytes, size_t length, size_t *n_read)
{
    for (*n_read = 0; *n_read < length;) {
        ssize_t n = read(fd, bytes + *n_read, length - *n_read);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            break;
        *n_read += (size_t)n;
    }
    return true;
}

/* What one verification passes on. */
typedef struct check {
    const char *directory;
    pil_checksums_report report;
    void *context;
    char *chunk; /* room for the largest */
    uint64_t n_bytes;
} check;

static void report_damage(const check *run, const char *name, const damage *found)
{
    char problem[160];
    int length =
        snprintf(problem, sizeof problem, "is damaged within its bytes %" PRIu64 " to %" PRIu64,
                 found->first_byte, found->end_byte - 1);
    if (found->n_places > 1)
        snprintf(problem + length, sizeof problem - (size_t)length, " and in %zu more place%s",
                 found->n_places - 1, found->n_places == 2 ? "" : "s");
    run->report(run->context, name, problem);
}

static void check_chunks(check *run, int fd, const pil_file_checksums *file)
{
    damage found = {0};
    for (size_t i = 0; i < file->n_chunks; i++) {
        uint64_t begin = (uint64_t)i * PIL_CHUNK_BYTES;
        uint64_t left = file->n_bytes - begin;
        size_t length = left < PIL_CHUNK_BYTES ? (size_t)left : PIL_CHUNK_BYTES, n_read;
        if (!read_fully(fd, run->chunk, length, &n_read)) {
            pil_error failure;
            pil_error_set_errno(&failure, errno, "cannot be read at byte %" PRIu64, begin);
            run->report(run->context, file->name, failure.message);
            return;
        }
        run->n_bytes += n_read;
        bool is_damaged = n_read < length || pil_hash64(run->chunk, length) != file->chunks[i];
        note_chunk(&found, is_damaged, begin, begin + length);
    }
    if (found.n_places > 0)
        report_damage(run, file->name, &found);
}

static void check_open_file(check *run, int fd, const pil_file_checksums *file)
{
    struct stat info;
    char problem[128];
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        run->report(run->context, file->name, "is not a file");
    } else if ((uint64_t)info.st_size != file->n_bytes) {
        snprintf(problem, sizeof problem, "has %" PRIu64 " bytes; %" PRIu64 " were written",
                 (uint64_t)info.st_size, file->n_bytes);
        run->report(run->context, file->name, problem);
    } else {
        check_chunks(run, fd, file);
    }
}

static pil_status check_file(check *run, const pil_file_checksums *file, pil_error *err)
{
    char *path = pil_file_join(run->directory, file->name);
    if (path == NULL)
        return pil_error_no_memory(err);
    /* Not to wait for a writer, should there be a pipe of that name. */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int failed = errno;
    free(path);
    if (fd >= 0) {
        check_open_file(run, fd, file);
        close(fd);
    } else if (failed == ENOENT) {
        run->report(run->context, file->name, "is missing");
    } else if (failed == EMFILE || failed == ENFILE) {
        return pil_error_set_errno(err, failed, "cannot open %s", file->name);
    } else {
        pil_error failure;
        pil_error_set_errno(&failure, failed, "cannot be opened");
        run->report(run->context, file->name, failure.message);
    }
    return PIL_OK;
}

static bool is_listed(const pil_file_checksums *files, size_t n, const char *name)
{
    bool listed =
        strcmp(name, PIL_CHECKSUMS_NAME) == 0 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
    for (size_t i = 0; i < n && !listed; i++)
        listed = strcmp(files[i].name, name) == 0;
    return listed;
}

/* Files that the list lacks do not belong here: libxapian would read a table that was added. */
static void check_extra(const check *run, const pil_file_checksums *files, size_t n)
{
    struct dirent **names = NULL;
    int n_names = scandir(run->directory, &names, NULL, alphasort);
    for (int i = 0; i < n_names; i++) {
        if (!is_listed(files, n, names[i]->d_name))
            run->report(run->context, names[i]->d_name, "does not belong here");
        free(names[i]);
    }
    free(names);
}

static size_t largest_chunk(const pil_file_checksums *files, size_t n)
{
    uint64_t largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = files[i].n_bytes > largest ? files[i].n_bytes : largest;
    return largest < PIL_CHUNK_BYTES ? (size_t)largest : PIL_CHUNK_BYTES;
}

static pil_status check_files(check *run, const pil_digest *expected, pil_error *err)
{
    pil_file_checksums *files;
    size_t n;
    pil_error failure;
    pil_status status = pil_checksums_read(run->directory, expected, &files, &n, &failure);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    if (status != PIL_OK) {
        run->report(run->context, PIL_CHECKSUMS_NAME,
                    status == PIL_NOT_FOUND ? "is missing"
                    : status == PIL_CORRUPT ? "is damaged, so the segment cannot be checked"
                                            : failure.message);
        return PIL_OK;
    }
    check_extra(run, files, n);
    run->chunk = malloc(largest_chunk(files, n) + 1);
    if (run->chunk == NULL)
        status = pil_error_no_memory(err);
    for (size_t i = 0; i < n && status == PIL_OK; i++)
        status = check_file(run, &files[i], err);
    free(run->chunk);
    free_files(files, n);
    return status;
}

pil_status pil_checksums_verify(const char *directory, const pil_digest *expected,
                                pil_checksums_report report, void *context, uint64_t *n_bytes,
                                pil_error *err)
{
    check run = {.directory = directory, .report = report, .context = context};
    pil_status status = check_files(&run, expected, err);
    *n_bytes += run.n_bytes;
    return status;
}
