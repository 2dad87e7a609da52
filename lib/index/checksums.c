#include "checksums.h"

#include "base/buffer.h"
#include "base/file.h"
#include "index/schema.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHECKSUMS_MAX_BYTES = 1 << 16 };

static int keep_files(const struct dirent *entry)
{
    const char *name = entry->d_name;
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
           strcmp(name, PIL_CHECKSUMS_NAME) != 0;
}

static void free_names(struct dirent **names, int n)
{
    for (int i = 0; i < n; i++)
        free(names[i]);
    free(names);
}

static pil_status add_line(const char *directory, const char *name, pil_buffer *lines,
                           pil_digest *version_file, pil_error *err)
{
    char *path = pil_file_join(directory, name);
    if (path == NULL)
        return pil_error_no_memory(err);
    pil_digest digest;
    uint64_t length;
    pil_status status = pil_file_sync(path, err);
    if (status == PIL_OK)
        status = pil_file_digest(path, &digest, &length, err);
    free(path);
    if (status != PIL_OK)
        return status;
    if (strcmp(name, "iamglass") == 0)
        *version_file = digest;
    status = pil_buffer_appendf(lines, "%s\t%" PRIu64 "\t%s\n", digest.hex, length, name);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

pil_status pil_checksums_write(const char *directory, pil_digest *checksums,
                               pil_digest *version_file, pil_error *err)
{
    pil_buffer lines;
    pil_buffer_init(&lines, CHECKSUMS_MAX_BYTES);
    struct dirent **names = NULL;
    char *path = pil_file_join(directory, PIL_CHECKSUMS_NAME);
    int n = scandir(directory, &names, keep_files, alphasort);
    pil_status status = PIL_OK;
    if (path == NULL)
        status = pil_error_no_memory(err);
    else if (n < 0)
        status = pil_error_set_errno(err, errno, "cannot list the new segment");
    for (int i = 0; i < n && status == PIL_OK; i++)
        status = add_line(directory, names[i]->d_name, &lines, version_file, err);
    if (status == PIL_OK)
        status = pil_file_create(path, lines.bytes, lines.length, err);
    if (status == PIL_OK)
        status = pil_file_sync(directory, err);
    if (status == PIL_OK)
        *checksums = pil_digest_of(lines.bytes, lines.length);
    free_names(names, n);
    free(path);
    pil_buffer_dispose(&lines);
    return status;
}

/* ---- verifying ---- */

static pil_status verify_file(const char *directory, const char *name, const char *digest_hex,
                              uint64_t expected_length, pil_checksums_report report, void *context,
                              uint64_t *n_bytes, pil_error *err)
{
    char *path = pil_file_join(directory, name);
    if (path == NULL)
        return pil_error_no_memory(err);
    pil_digest digest;
    uint64_t length = 0;
    pil_error failure;
    pil_status status = pil_file_digest(path, &digest, &length, &failure);
    free(path);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    *n_bytes += length;
    if (status == PIL_NOT_FOUND)
        report(context, name, "is missing");
    else if (status != PIL_OK)
        report(context, name, failure.message);
    else if (length != expected_length)
        report(context, name, "has another length than was written");
    else if (strcmp(digest.hex, digest_hex) != 0)
        report(context, name, "has other bytes than were written");
    return PIL_OK;
}

/* Files that the list lacks do not belong here: libxapian would read a table that was added. */
static void report_extra(const char *directory, const char *lines, pil_checksums_report report,
                         void *context)
{
    struct dirent **names = NULL;
    int n = scandir(directory, &names, keep_files, alphasort);
    for (int i = 0; i < n; i++) {
        char ending[300];
        int length = snprintf(ending, sizeof ending, "\t%s\n", names[i]->d_name);
        bool fits = length > 0 && (size_t)length < sizeof ending;
        if (!fits || strstr(lines, ending) == NULL)
            report(context, names[i]->d_name, "does not belong here");
    }
    free_names(names, n);
}

pil_status pil_checksums_verify(const char *directory, const pil_digest *expected,
                                pil_checksums_report report, void *context, uint64_t *n_bytes,
                                pil_error *err)
{
    pil_buffer lines;
    pil_buffer_init(&lines, CHECKSUMS_MAX_BYTES);
    char *path = pil_file_join(directory, PIL_CHECKSUMS_NAME);
    pil_error failure;
    pil_status status = path == NULL ? PIL_NO_MEMORY : pil_file_read(path, &lines, &failure);
    if (status == PIL_NO_MEMORY) {
        status = pil_error_no_memory(err);
        goto done;
    }
    if (status != PIL_OK ||
        strcmp(pil_digest_of(lines.bytes, lines.length).hex, expected->hex) != 0) {
        report(context, PIL_CHECKSUMS_NAME, status != PIL_OK ? failure.message : "is damaged");
        status = PIL_OK;
        goto done;
    }
    *n_bytes += lines.length;
    report_extra(directory, lines.bytes, report, context);
    for (char *line = lines.bytes; *line != '\0' && status == PIL_OK;) {
        char *end = strchr(line, '\n');
        *end = '\0';
        line[PIL_DIGEST_LENGTH] = '\0';
        char *name;
        uint64_t length = strtoull(line + PIL_DIGEST_LENGTH + 1, &name, 10);
        status = verify_file(directory, name + 1, line, length, report, context, n_bytes, err);
        line = end + 1;
    }
done:
    free(path);
    pil_buffer_dispose(&lines);
    return status;
}
